// Any line of a decoder: refused, or symbols that print and read back the same.
#include "scanner/wire/picture_answer.hpp"

#include <cstdlib>

using namespace cartwatch;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto symbols = wire::parse_picture_answer(std::string(data, data + size));
    if (symbols && wire::parse_picture_answer(wire::to_picture_answer(symbols)) != symbols) {
        std::abort();
    }
    return 0;
}
