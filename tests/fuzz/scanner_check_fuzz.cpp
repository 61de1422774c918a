// Any three answers of a scanner: the check ends, and a profile that it gives is one that undoes
// what it says without growing the text.
#include "scanner/devices/scanner_check.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cartwatch::devices;
    std::string_view input(reinterpret_cast<const char*>(data), size);
    CheckedScanner scanner;
    if (!input.empty()) {
        scanner.read_as = static_cast<Layout>(input.front() & 3);
        scanner.keyboard = (input.front() & 4) == 0;
        scanner.in_page = (input.front() & 8) != 0;
        input.remove_prefix(1);
    }
    for (auto& answer : scanner.answers) {
        const std::size_t end = std::min(input.find('\n'), input.size());
        answer = TestAnswer{std::string(input.substr(0, end)), (end & 1) == 0, 4};
        input.remove_prefix(std::min(end + 1, input.size()));
    }
    const Checkup checkup = check_up(scanner);
    if (!checkup.profile) {
        return 0;
    }
    const ScannerProfile& profile = *checkup.profile;
    for (const auto& answer : scanner.answers) {
        if (without_habits(profile, answer->text).size() > answer->text.size()) {
            std::abort();
        }
    }
    if (profile.prefix.size() > frame_bytes_max || profile.suffix.size() > frame_bytes_max) {
        std::abort();
    }
    return 0;
}
