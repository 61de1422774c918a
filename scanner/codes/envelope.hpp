// Message envelopes of ISO/IEC 15434: "[)>" RS format GS … RS EOT, in the forms in which keyboards
// type their control characters. Takes the envelope off and tells what was wrong with it; what a
// format's data mean is its family's to say.
#pragma once

#include "scanner/codes/scan.hpp"

#include <optional>
#include <string>

namespace cartwatch::codes::envelope {

struct Content {
    std::string format;     // two digits: "05" GS1, "06" data identifiers, "12" text elements
    std::string data;       // of the first format in the message; GS between its fields
    Scan scan;              // the scan with what there is to warn of
    std::string substitute; // what a keyboard typed for GS; empty where GS arrived
};

// nullopt where the text is no message at all; a refusal where its header cannot be read, since
// without it nothing tells where one field ends and the next begins. Warnings: envelope_incomplete
// (RS or EOT are missing, so the last field may be cut), envelope_more_formats (only the first is
// read), separator_replaced.
[[nodiscard]] std::optional<tl::expected<Content, ScanRefusal>> opened(const Scan& scan);

// Formats 05 and 06 as their families; any other format as plain text that names it.
[[nodiscard]] FamilyReading read(const Scan& scan);

} // namespace cartwatch::codes::envelope
