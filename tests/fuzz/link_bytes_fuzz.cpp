// Whatever bytes a caller sends, in whatever pieces: the session stands, holds no more than its
// bound, says an error at most once, hands on only entries that follow one another, and takes no
// own entry back that needs a mark, for nobody here can make one.
#include "daemon/link/lines.hpp"
#include "tests/daemon/link/link_kit.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cartwatch;
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::size_t piece = bytes.empty() ? 1 : 1 + static_cast<unsigned char>(bytes[0]);
    link_kit::MemoryJournals disk("pharmacy");
    disk.record(2);
    link::SessionOptions options = link_kit::options("pharmacy", "");
    options.marks = link_kit::marks_under("nobody's", 4);
    link::Session session(std::move(options), disk.view(), link::Ticks{0});
    link::Lines lines(link::hello_bytes_max);
    std::size_t said = 0;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
        lines.feed(bytes.substr(0, piece));
        while (session.wants_input()) {
            const auto line = lines.next();
            if (!line) {
                break;
            }
            session.line_received(*line, link::Ticks{0});
            if (session.phase() == link::Session::Phase::introduced) {
                session.admit(link::Ticks{0});
            }
        }
        while (session.has_entries()) { // throws where they do not follow
            disk.view().store_received(session.take_entries(), [&](const Result<void>& outcome) {
                outcome ? session.stored() : std::abort();
            });
        }
        if (disk.head("pharmacy").seq > 4) {
            std::abort();
        }
        said += session.has_output() ? session.take_output(1'000).size() : 0;
    }
    return said <= 2'000 + 2 * size ? 0 : (std::abort(), 0);
}
