#include "scanner/codes/envelope.hpp"

#include "scanner/codes/gs1.hpp"
#include "scanner/codes/ifa.hpp"
#include "scanner/codes/separators.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::codes::envelope {

namespace {

constexpr char group_end = '\x1d';  // GS
constexpr char record_end = '\x1e'; // RS
constexpr char message_end = '\x04';

struct Form {
    std::string_view written;
    char meant;
};

// How keyboards and terminals write the three control characters: caret notation, names, escapes,
// the pictures U+241D, U+241E and U+2404, the arrows of OEM code pages, the keys F8 and F9.
constexpr std::array written_forms = std::to_array<Form>({
    {"^]", group_end},
    {"{GS}", group_end},
    {"<GS>", group_end},
    {"\\u001d", group_end},
    {"\\u001D", group_end},
    {"\\x1d", group_end},
    {"\\x1D", group_end},
    {"\xE2\x90\x9D", group_end},
    {"\xE2\x86\x94", group_end},
    {"\xEF\x9C\x8B", group_end},
    {"^^", record_end},
    {"{RS}", record_end},
    {"<RS>", record_end},
    {"\\u001e", record_end},
    {"\\u001E", record_end},
    {"\\x1e", record_end},
    {"\\x1E", record_end},
    {"\xE2\x90\x9E", record_end},
    {"\xE2\x96\xB2", record_end},
    {"\xEF\x9C\x8C", record_end},
    {"^D", message_end},
    {"{EOT}", message_end},
    {"<EOT>", message_end},
    {"\\u0004", message_end},
    {"\\x04", message_end},
    {"\xE2\x90\x84", message_end},
});

struct Plain {
    std::string text;
    std::string substitute; // for GS
    bool any_replaced = false;
};

Plain with_control_characters(std::string_view text) {
    Plain plain;
    while (!text.empty()) {
        const auto* form =
            std::find_if(written_forms.begin(), written_forms.end(), [&](const Form& one) {
                return text.starts_with(one.written);
            });
        const bool is_written = form != written_forms.end();
        plain.any_replaced = plain.any_replaced || is_written;
        if (is_written && form->meant == group_end) {
            plain.substitute = form->written;
        }
        plain.text += is_written ? form->meant : text.front();
        text.remove_prefix(is_written ? form->written.size() : 1);
    }
    return plain;
}

constexpr std::string_view header = "[)>";
constexpr std::size_t format_length = 2;

// "[)>^06]…^D": the keys of the control characters without Ctrl. Data hold neither bracket nor
// caret, so that each is what its key makes with Ctrl; EOT is a letter behind the last record.
std::optional<Plain> with_bare_keys(std::string_view text) {
    const std::size_t at = header.size();
    const bool is_bare = text.size() > at + 1 + format_length && text[at] == '^'
                         && is_all_digits(text.substr(at + 1, format_length))
                         && text[at + 1 + format_length] == ']';
    if (!is_bare) {
        return std::nullopt;
    }
    Plain plain{std::string(text), "]", true};
    std::replace(
        plain.text.begin() + static_cast<std::ptrdiff_t>(at), plain.text.end(), '^', record_end);
    std::replace(
        plain.text.begin() + static_cast<std::ptrdiff_t>(at), plain.text.end(), ']', group_end);
    if (plain.text.ends_with("\x1e"
                             "D")
        || plain.text.ends_with("\x1e"
                                "d")) {
        plain.text.back() = message_end;
    }
    return plain;
}

// A message's format is followed by GS: what else stands there stands for it in all of the message.
void restore_separators(Plain& plain) {
    const std::size_t record = header.size();
    const bool has_record_end = plain.text.size() > record && plain.text[record] == record_end;
    const std::size_t at = record + (has_record_end ? 1 : 0) + format_length;
    if (at >= plain.text.size()) {
        return;
    }
    const std::string form(separator_text_at(std::string_view(plain.text).substr(at)));
    if (form.empty()) {
        return;
    }
    for (std::size_t found = plain.text.find(form, at); found != std::string::npos;
         found = plain.text.find(form, found + 1)) {
        plain.text.replace(found, form.size(), 1, group_end);
    }
    plain.substitute = form;
    plain.any_replaced = true;
}

} // namespace

std::optional<tl::expected<Content, ScanRefusal>> opened(const Scan& scan) {
    if (!scan.data.starts_with(header)) {
        return std::nullopt;
    }
    auto bare = with_bare_keys(scan.data);
    Plain plain = bare ? std::move(*bare) : with_control_characters(scan.data);
    restore_separators(plain);
    std::string_view text = std::string_view(plain.text).substr(header.size());
    bool is_whole = text.starts_with(record_end);
    text.remove_prefix(is_whole ? 1 : 0);
    const std::string_view format = text.substr(0, format_length);
    text.remove_prefix(format.size());
    if (format.size() != format_length || !is_all_digits(format) || !text.starts_with(group_end)) {
        return tl::make_unexpected(
            refused_scan(
                scan,
                std::nullopt,
                {"bad_envelope",
                 "",
                 "the message's separators are lost or damaged: \"" + shortened(scan.data) + "\""})
                .error());
    }
    text.remove_prefix(1);
    const std::size_t end = std::min(text.find_first_of("\x1e\x04"), text.size());
    std::string_view trailer = text.substr(end);
    is_whole = is_whole && trailer.starts_with(record_end);
    trailer.remove_prefix(trailer.starts_with(record_end) ? 1 : 0);
    // An EOT at the very end was taken off as framing: the raw text still has it.
    const bool has_end =
        trailer.starts_with(message_end) || scan.raw.find(message_end) != std::string_view::npos;
    Content content;
    content.format = format;
    content.data = text.substr(0, end);
    content.scan = scan;
    content.substitute = plain.substitute;
    const auto warn = [&](bool is_so, const char* warning) {
        if (is_so) {
            content.scan.warnings.emplace_back(warning);
        }
    };
    warn(plain.any_replaced, "separator_replaced");
    warn(!is_whole || !has_end, "envelope_incomplete");
    warn(!trailer.empty() && !trailer.starts_with(message_end), "envelope_more_formats");
    return content;
}

FamilyReading read(const Scan& scan) {
    const auto content = opened(scan);
    if (!content) {
        return std::nullopt;
    }
    if (!*content) {
        return tl::make_unexpected(content->error());
    }
    const Content& message = **content;
    Reading reading = message.format == "05"   ? gs1::read_content(message.scan, message.data)
                      : message.format == "06" ? ifa::read_content(message.scan, message.data)
                                               : Reading(begun(message.scan, Family::other));
    if (reading && reading->family == Family::other) {
        reading->text = scan.data;
        reading->fields.push_back({"format", message.format});
    }
    if (reading && !message.substitute.empty() && reading->field("gs_substitute").empty()) {
        reading->fields.push_back({"gs_substitute", message.substitute});
    }
    return reading;
}

} // namespace cartwatch::codes::envelope
