#include "daemon/commands/read.hpp"

#include "daemon/commands/reading_json.hpp"
#include "scanner/values/text.hpp"

#include <istream>
#include <ostream>

namespace cartwatch::commands {

namespace {

struct ScanLine {
    std::string text; // without its "\n"; a "\r" belongs to the scan
    bool too_long = false;
};

// False at the end of the input.
bool take_scan_line(std::istream& in, ScanLine& line) {
    line = {};
    bool any = false;
    for (int c = in.get(); c != std::istream::traits_type::eof(); c = in.get()) {
        any = true;
        if (c == '\n') {
            break;
        }
        if (line.text.size() < read_line_bytes_max) {
            line.text += static_cast<char>(c);
        } else {
            line.too_long = true;
        }
    }
    return any;
}

codes::Reading too_long_line(const std::string& text) {
    codes::ScanRefusal refusal;
    refusal.raw = shortened(text);
    refusal.rule = "too_long";
    refusal.text = "a line has at most " + std::to_string(read_line_bytes_max)
                   + " bytes; the rest of this one was passed over";
    return tl::make_unexpected(refusal);
}

void print_reading(const codes::Reading& reading, std::ostream& out) {
    out << json_line(to_json(reading)) << '\n';
}

void read_lines(const codes::ReadOptions& options, std::istream& in, std::ostream& out) {
    ScanLine line;
    while (out && take_scan_line(in, line)) {
        print_reading(
            line.too_long ? too_long_line(line.text) : codes::read(line.text, options), out);
        if (in.rdbuf()->in_avail() <= 0) {
            out.flush(); // somebody may be waiting for this answer before the next scan
        }
    }
}

} // namespace

int run_read(
    const ReadArguments& arguments, std::istream& in, std::ostream& out, std::ostream& err) {
    codes::ReadOptions options;
    options.as_of = arguments.as_of;
    options.scanner = arguments.scanner;
    for (const std::string& text : arguments.texts) {
        print_reading(codes::read(text, options), out);
    }
    if (arguments.texts.empty()) {
        read_lines(options, in, out);
    }
    out.flush();
    if (in.bad() || !out) {
        err << "cartwatch read: " << (in.bad() ? "reading standard input" : "writing the answer")
            << " failed\n";
        return 3;
    }
    return 0;
}

} // namespace cartwatch::commands
