// What pages may ask that takes long, on threads for it: history, one check, figures, downloads,
// labels.
#pragma once

#include "daemon/clock/calendar.hpp"
#include "daemon/ledger/ledger.hpp"
#include "daemon/records/reading_thread.hpp"
#include "daemon/web/service.hpp"

#include <filesystem>

namespace cartwatch::records {

class Records {
public:
    // Downloads are written beside the store. The ledger outlives this.
    Records(
        const boost::asio::any_io_executor& loop,
        const std::filesystem::path& store_file,
        clock::Calendar calendar,
        ledger::Ledger& ledger);

    // Fills in what this answers; it outlives the service.
    void put(web::Service& service);

private:
    std::filesystem::path store_file_;
    std::filesystem::path folder_;
    clock::Calendar calendar_;
    ledger::Ledger& ledger_;
    // The last: they end before what their work reads. A file of ten years takes minutes where a
    // page takes a moment: no page waits behind one.
    ReadingThread files_;
    ReadingThread pages_;
};

} // namespace cartwatch::records
