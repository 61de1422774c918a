// `cartwatch decode IMAGE…`: every symbol in pictures, one JSON object a symbol a line. Decoding
// runs in a child process (daemon/scanners), parsing in scanner/codes; nothing of either is here.
#pragma once

#include "daemon/scanners/picture_decoder.hpp"
#include "scanner/codes/reader.hpp"
#include "scanner/values/day.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace cartwatch::commands {

struct DecodeArguments {
    std::vector<std::string> images;
    Day as_of{}; // for two-digit years; the caller passes today unless told otherwise
    scanners::DecoderSettings decoder{};
};

// Each symbol is what `read` prints for it, its identifier in front of `raw` as a scanner sends it,
// and "image" (the name as given) and "corners" ([[x,y] x 4] in pixels, from the top left). 0 done
// (a picture without symbols prints nothing but a note to `err`); 2 a picture could not be used
// (one line each to `err`, the others are still decoded); 3 the decoder could not be started or
// writing failed.
[[nodiscard]] int
run_decode(const DecodeArguments& arguments, std::ostream& out, std::ostream& err);

} // namespace cartwatch::commands
