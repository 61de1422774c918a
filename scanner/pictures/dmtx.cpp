#include "scanner/pictures/dmtx.hpp"

#include "scanner/pictures/cpu_box.hpp"

#include <algorithm>
#include <memory>
#include <new>
#include <optional>

#include <dmtx.h>

namespace cartwatch::pictures {

namespace {

constexpr char separator = '\x1D';

// Codewords of ISO/IEC 16022, table 2, that stand first where a symbol is not plain text.
constexpr int codeword_fnc1 = 232;
constexpr int codeword_series = 233;
constexpr int codeword_for_readers = 234;
constexpr int codeword_character_set = 241;

// Ten modules: nothing smaller is a symbol, and on less than two pixels libdmtx asserts.
constexpr int side_min_px = 10;

struct DestroyImage {
    void operator()(DmtxImage* image) const {
        dmtxImageDestroy(&image);
    }
};

struct DestroyDecode {
    void operator()(DmtxDecode* decode) const {
        dmtxDecodeDestroy(&decode);
    }
};

struct DestroyRegion {
    void operator()(DmtxRegion* region) const {
        dmtxRegionDestroy(&region);
    }
};

struct DestroyMessage {
    void operator()(DmtxMessage* message) const {
        dmtxMessageDestroy(&message);
    }
};

using Region = std::unique_ptr<DmtxRegion, DestroyRegion>;
using Message = std::unique_ptr<DmtxMessage, DestroyMessage>;

bool is_special(int codeword) {
    return codeword == codeword_series || codeword == codeword_for_readers
           || codeword == codeword_character_set;
}

// Text and identifier, or nothing where libdmtx cannot be trusted with the symbol.
std::optional<Symbol> read_from(const DmtxMessage& message) {
    if (message.codeSize < 2 || message.outputIdx < 1
        || static_cast<std::size_t>(message.outputIdx) > message.outputSize) {
        return std::nullopt;
    }
    const int first = message.code[0];
    const int second = message.code[1];
    const bool gs1 = first == codeword_fnc1;
    if (is_special(first) || second == codeword_fnc1 || (gs1 && is_special(second))) {
        return std::nullopt;
    }
    std::string text(message.output, message.output + message.outputIdx);
    if (std::any_of(text.begin(), text.end(), [](char c) {
            return static_cast<unsigned char>(c) >= 0x80;
        })) {
        return std::nullopt;
    }
    if (gs1 && text.front() != separator) {
        return std::nullopt; // the first function character was not understood as one
    }
    return Symbol{gs1 ? text.substr(1) : text, gs1 ? "]d2" : "]d1", {}};
}

// A corner of the symbol, given in its own measure: 0 to 1 from its lower left. libdmtx counts rows
// of the picture from the bottom, and its matrices take vectors from the left.
Point corner_of(const DmtxRegion& region, double x, double y, int height) {
    const auto& m = region.fit2raw;
    const double scale = x * m[0][2] + y * m[1][2] + m[2][2];
    const double across = x * m[0][0] + y * m[1][0] + m[2][0];
    const double up = x * m[0][1] + y * m[1][1] + m[2][1];
    constexpr double far = 1e6; // a matrix that has no end: as good as nowhere, and no overflow
    const auto pixel = [&](double value) {
        return static_cast<int>(std::clamp(scale == 0 ? far : value / scale, -far, far));
    };
    return {pixel(across), height - 1 - pixel(up)};
}

// The next region that may be a symbol, or none where the picture is searched or the time is over.
// libdmtx stops by the wall clock: on a busy machine it is told to go on where it stopped.
Region next_region(DmtxDecode& decode, const CpuBox& box) {
    while (true) {
        DmtxTime end = dmtxTimeAdd(dmtxTimeNow(), box.left().count());
        Region region(dmtxRegionFindNext(&decode, &end));
        const bool stopped = !region && dmtxTimeExceeded(end) != 0;
        if (!stopped || box.left() == std::chrono::milliseconds::zero()) {
            return region;
        }
    }
}

} // namespace

std::vector<FoundSymbol> dmtx_symbols(Luminance picture, std::chrono::milliseconds time) {
    if (std::min(picture.width, picture.height) < side_min_px) {
        return {};
    }
    const std::unique_ptr<DmtxImage, DestroyImage> image(
        dmtxImageCreate(picture.pixels.data(), picture.width, picture.height, DmtxPack8bppK));
    const std::unique_ptr<DmtxDecode, DestroyDecode> decode(
        image ? dmtxDecodeCreate(image.get(), 1) : nullptr);
    if (!decode) {
        throw std::bad_alloc();
    }
    dmtxDecodeSetProp(decode.get(), DmtxPropFnc1, separator);
    const CpuBox box(time);
    std::vector<FoundSymbol> found;
    while (true) {
        const Region region = next_region(*decode, box);
        if (!region) {
            return found;
        }
        const Message message(dmtxDecodeMatrixRegion(decode.get(), region.get(), DmtxUndefined));
        const auto symbol = message ? read_from(*message) : std::nullopt;
        if (symbol) {
            FoundSymbol one{*symbol, true};
            one.symbol.corners = {
                corner_of(*region, 0, 1, picture.height),
                corner_of(*region, 1, 1, picture.height),
                corner_of(*region, 1, 0, picture.height),
                corner_of(*region, 0, 0, picture.height)};
            found.push_back(std::move(one));
        }
    }
}

} // namespace cartwatch::pictures
