// One check that was signed, whole: what it found of every line, and every step and scan that led
// there with those taken back.
#pragma once

#include "daemon/ledger/ledger.hpp"
#include "daemon/records/reading_thread.hpp"
#include "daemon/web/service.hpp"

#include <filesystem>
#include <functional>

namespace cartwatch::records {

// Steps of a check that are shown.
inline constexpr std::size_t record_steps_max = 1'000;

// As Service::check_record. All arguments outlive what is returned.
[[nodiscard]] std::function<void(web::CheckQuestion, TextDone)> check_records(
    ReadingThread& thread, const std::filesystem::path& store_file, ledger::Ledger& ledger);

} // namespace cartwatch::records
