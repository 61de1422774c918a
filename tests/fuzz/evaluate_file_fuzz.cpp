// Any file to judge: refused with a reason, or judged the same twice, and never counted beyond what
// is there.
#include "daemon/commands/evaluate_file.hpp"

#include <cstdint>
#include <cstdlib>

using namespace cartwatch;

namespace {

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto file = commands::parse_evaluate_file(text);
    if (!file) {
        require(!file.error().text.empty());
        return 0;
    }
    const Day day = make_day(2026, 11, 22).value();
    const auto judged = readiness::evaluate(file->cart, file->policy, file->recalls, day);
    require(judged.in_order >= 0 && judged.in_order <= judged.required);
    require(!judged.ready_until || judged.readiness == readiness::Readiness::ready);
    require(!judged.ready_until || *judged.ready_until >= day);
    const std::string line = commands::judgement_line(judged);
    require(line.find('\n') == std::string::npos);
    const auto again = readiness::evaluate(file->cart, file->policy, file->recalls, day);
    require(again == judged);
    return 0;
}
