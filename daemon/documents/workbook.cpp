#include "daemon/documents/workbook.hpp"

#include "daemon/reports/xlsx_reader.hpp"
#include "scanner/values/text.hpp"

#include <pugixml.hpp>
#include <zip.h>

#include <algorithm>
#include <cstring>

namespace cartwatch::documents {

namespace {

// Namespace prefixes differ between programs that write workbooks; the local name is what counts.
std::string_view local_name(const pugi::xml_node& node) {
    const char* colon = std::strchr(node.name(), ':');
    return colon ? colon + 1 : node.name();
}

pugi::xml_node child(const pugi::xml_node& parent, std::string_view name) {
    for (const pugi::xml_node& node : parent.children()) {
        if (local_name(node) == name) {
            return node;
        }
    }
    return {};
}

// A format such as yyyy"年"m"月" or [$-804]yy-m-d, but not General, 0.00 or [Red]0.
bool is_date_format(std::string_view format) {
    bool quoted = false;
    bool bracketed = false;
    for (const char c : format) {
        quoted = c == '"' ? !quoted : quoted;
        bracketed = (bracketed || c == '[') && c != ']';
        if (!quoted && !bracketed && (c == 'y' || c == 'Y' || c == 'd' || c == 'D')) {
            return true;
        }
    }
    return false;
}

// ECMA-376 part 1, 18.8.30: formats that need no description; 27 to 36 and 50 to 58 are the Chinese
// ones.
bool is_built_in_date(int format) {
    return (format >= 14 && format <= 17) || format == 22 || (format >= 27 && format <= 31)
           || format == 36 || (format >= 50 && format <= 58);
}

// The text of one shared string: plain, or in runs of rich text. Phonetic runs (rPh) are left out.
std::string text_of(const pugi::xml_node& item) {
    std::string text;
    for (const pugi::xml_node& part : item.children()) {
        if (local_name(part) == "t") {
            text += part.text().get();
        } else if (local_name(part) == "r") {
            text += child(part, "t").text().get();
        }
    }
    return text;
}

} // namespace

Result<void>
parse_part(pugi::xml_document& document, const std::string& xml, const std::string& name) {
    const auto marks = std::ranges::count_if(xml, [](char c) { return c == '<' || c == '='; });
    if (static_cast<std::size_t>(marks) > workbook_marks_max) {
        return refused(
            ErrorCode::too_large, name + " of the workbook has too many cells: split it");
    }
    if (!document.load_buffer(xml.data(), xml.size())) {
        return refused(ErrorCode::bad_input, name + " of the workbook is not XML");
    }
    return {};
}

struct Workbook::Archive {
    std::string bytes; // libzip reads from here as long as the archive is open
    zip_t* zip = nullptr;

    explicit Archive(std::string_view given) : bytes(given) {}

    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;
    Archive(Archive&&) = delete;
    Archive& operator=(Archive&&) = delete;

    ~Archive() {
        if (zip) {
            zip_discard(zip);
        }
    }
};

Result<Workbook> Workbook::open(std::string_view bytes) {
    auto archive = std::make_shared<Archive>(bytes);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source =
        zip_source_buffer_create(archive->bytes.data(), archive->bytes.size(), 0, &error);
    if (source) {
        archive->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
        if (!archive->zip) {
            zip_source_free(source);
        }
    }
    const std::string why = archive->zip ? "" : zip_error_strerror(&error);
    zip_error_fini(&error);
    if (!archive->zip) {
        return refused(ErrorCode::bad_input, "not a whole workbook: " + why + "; save it again");
    }
    return Workbook(std::move(archive));
}

Result<std::string> Workbook::part(const std::string& name) const {
    zip_stat_t about;
    zip_stat_init(&about);
    if (zip_stat(archive_->zip, name.c_str(), ZIP_FL_NOCASE, &about) != 0) {
        return std::string();
    }
    if ((about.valid & ZIP_STAT_SIZE) == 0 || about.size > workbook_part_bytes_max) {
        return refused(ErrorCode::too_large, name + " of the workbook has more than 64 MiB");
    }
    zip_file_t* file = zip_fopen_index(archive_->zip, about.index, 0);
    if (!file) {
        return refused(ErrorCode::bad_input, name + " of the workbook cannot be unpacked");
    }
    std::string xml(about.size, '\0');
    const zip_int64_t read = zip_fread(file, xml.data(), xml.size());
    zip_fclose(file);
    if (read != static_cast<zip_int64_t>(xml.size())) {
        return refused(ErrorCode::bad_input, name + " of the workbook is damaged");
    }
    return xml;
}

Result<std::string> Workbook::first_sheet() const {
    const auto workbook_xml = part("xl/workbook.xml");
    const auto relations_xml = part("xl/_rels/workbook.xml.rels");
    if (!workbook_xml || !relations_xml) {
        return tl::make_unexpected((workbook_xml ? relations_xml : workbook_xml).error());
    }
    pugi::xml_document workbook;
    pugi::xml_document relations;
    if (!parse_part(workbook, *workbook_xml, "xl/workbook.xml")
        || !parse_part(relations, *relations_xml, "xl/_rels/workbook.xml.rels")) {
        return refused(ErrorCode::bad_input, "not a workbook: it lists no sheets");
    }
    const pugi::xml_node sheet = child(child(child(workbook, "workbook"), "sheets"), "sheet");
    const std::string id = sheet.attribute("r:id").value();
    for (const pugi::xml_node& relation : child(relations, "Relationships").children()) {
        if (relation.attribute("Id").value() == id && !id.empty()) {
            std::string target = relation.attribute("Target").value();
            target = target.rfind('/', 0) == 0 ? target.substr(1) : "xl/" + target;
            auto xml = part(target);
            if (xml && xml->empty()) {
                break;
            }
            return xml;
        }
    }
    return refused(ErrorCode::bad_input, "not a workbook: its first sheet is missing");
}

Result<std::vector<std::string>> Workbook::shared_strings() const {
    const auto xml = part("xl/sharedStrings.xml");
    if (!xml) {
        return tl::make_unexpected(xml.error());
    }
    std::vector<std::string> strings;
    pugi::xml_document document;
    if (!xml->empty()) {
        if (const auto parsed = parse_part(document, *xml, "xl/sharedStrings.xml"); !parsed) {
            return tl::make_unexpected(parsed.error());
        }
    }
    for (const pugi::xml_node& item : child(document, "sst").children()) {
        if (local_name(item) == "si") {
            strings.push_back(text_of(item));
        }
    }
    return strings;
}

Result<std::set<int>> Workbook::date_styles() const {
    const auto xml = part("xl/styles.xml");
    if (!xml) {
        return tl::make_unexpected(xml.error());
    }
    std::set<int> styles;
    pugi::xml_document document;
    if (!xml->empty()) {
        if (const auto parsed = parse_part(document, *xml, "xl/styles.xml"); !parsed) {
            return tl::make_unexpected(parsed.error());
        }
    }
    const pugi::xml_node sheet = child(document, "styleSheet");
    std::set<int> date_formats;
    for (const pugi::xml_node& format : child(sheet, "numFmts").children()) {
        if (is_date_format(format.attribute("formatCode").value())) {
            date_formats.insert(format.attribute("numFmtId").as_int());
        }
    }
    int number = 0;
    for (const pugi::xml_node& style : child(sheet, "cellXfs").children()) {
        const int format = style.attribute("numFmtId").as_int();
        if (is_built_in_date(format) || date_formats.contains(format)) {
            styles.insert(number);
        }
        ++number;
    }
    return styles;
}

} // namespace cartwatch::documents
