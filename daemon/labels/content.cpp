#include "daemon/labels/content.hpp"

#include "daemon/labels/commands_sheet.hpp"
#include "daemon/readiness/one_line.hpp"
#include "daemon/readiness/tag_day.hpp"
#include "daemon/reports/symbol.hpp"
#include "daemon/store/queries.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace cartwatch::labels {

namespace {

std::string_view heading_of(Kind kind) {
    switch (kind) {
    case Kind::carts:
        return "急救车 Carts";
    case Kind::lines:
        return "槽位标签 Slots";
    case Kind::devices:
        return "设备 Devices";
    case Kind::staff:
        return "工牌 Badges";
    case Kind::commands:
        return "指令码 Command codes";
    case Kind::seals:
        break;
    }
    return "封条牌 Cart tags with their seals";
}

std::string joined_words(std::initializer_list<std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) {
        if (!word.empty()) {
            text += (text.empty() ? "" : " · ") + std::string(word);
        }
    }
    return text;
}

Item item_of(Kind kind, const store::LabelReport& report) {
    Item item{report.id, report.cart, {}};
    item.label.code = report.tag;
    item.label.zh = report.name.zh.empty() ? report.id : report.name.zh;
    item.label.en = report.name.en;
    const bool by_number = kind == Kind::carts || kind == Kind::staff;
    item.label.detail = by_number ? report.id : report.detail;
    item.label.place = joined_words({report.place_name.zh, report.position});
    return item;
}

void add_things(Content& content, store::Reader& reader, Kind kind, store::Labelled what) {
    reader.labels(what, [&](const store::LabelReport& report) {
        if (!is_printable(report.tag)) {
            content.left_out.push_back(joined_words({report.place_name.zh, report.id}));
        } else {
            Item item = item_of(kind, report);
            item.label = printable(std::move(item.label));
            content.items.push_back(std::move(item));
        }
    });
}

// What hangs on a closed cart: its seal, until when it is ready, who checked it. A cart without an
// unbroken seal has none.
void add_seals(Content& content, store::Reader& reader) {
    reader.cart_tags([&](const store::CartTagReport& report) {
        if (!report.seal || !report.seal->intact || !is_printable(report.tag)) {
            content.left_out.push_back(joined_words({report.name.zh, report.id}));
            return;
        }
        const std::optional<Day> day =
            readiness::day_on_tag(report.seal, report.stands_until, report.alerts);
        const bool ready = day.has_value();
        const std::string until = ready ? to_text(*day) : std::string();
        reports::Label label;
        label.code = report.tag;
        label.zh = "封条 " + report.seal->number + (ready ? " 备用至 " + until : " 非备用状态");
        label.en =
            "Seal " + report.seal->number + (ready ? ", ready until " + until : ", not ready");
        label.detail = "检查 Checked " + report.checked_by
                       + (report.checked_on ? " " + to_text(*report.checked_on) : "");
        label.place = joined_words({report.name.zh, report.name.en});
        content.items.push_back({report.id, "", printable(std::move(label))});
    });
}

bool is_meant(const Item& item, const std::string& name) {
    return name == item.label.code || name == item.id
           || (!item.cart.empty() && (name == item.cart || name == item.cart + "/" + item.id));
}

} // namespace

std::string_view to_text(Kind kind) {
    switch (kind) {
    case Kind::carts:
        return "carts";
    case Kind::lines:
        return "lines";
    case Kind::devices:
        return "devices";
    case Kind::staff:
        return "staff";
    case Kind::commands:
        return "commands";
    case Kind::seals:
        break;
    }
    return "seals";
}

bool is_printable(std::string_view code) {
    return !code.empty() && code.size() <= reports::symbol_text_max
           && std::all_of(code.begin(), code.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

reports::Label printable(reports::Label label) {
    for (std::string* text : {&label.zh, &label.en, &label.detail, &label.place}) {
        *text = readiness::one_line(*text);
    }
    return label;
}

Content content_of(const std::filesystem::path& store_file, Kind kind) {
    Content content;
    content.heading = heading_of(kind);
    if (kind == Kind::commands) {
        for (reports::Label& label : command_labels()) {
            content.items.push_back({label.code, "", std::move(label)});
        }
        return content;
    }
    store::Reader reader(store_file);
    switch (kind) {
    case Kind::carts:
        add_things(content, reader, kind, store::Labelled::carts);
        break;
    case Kind::lines:
        add_things(content, reader, kind, store::Labelled::lines);
        break;
    case Kind::devices:
        add_things(content, reader, kind, store::Labelled::devices);
        break;
    case Kind::staff:
        add_things(content, reader, kind, store::Labelled::staff);
        break;
    case Kind::commands:
        break;
    case Kind::seals:
        add_seals(content, reader);
        break;
    }
    return content;
}

Result<Content> chosen(Content content, const std::vector<std::string>& only) {
    if (only.empty()) {
        return content;
    }
    for (const std::string& name : only) {
        const bool any =
            std::any_of(content.items.begin(), content.items.end(), [&](const Item& item) {
                return is_meant(item, name);
            });
        if (!any) {
            return refused(
                ErrorCode::not_found, "nothing to label is called \"" + quotable(name) + "\"");
        }
    }
    std::erase_if(content.items, [&](const Item& item) {
        return std::none_of(only.begin(), only.end(), [&](const std::string& name) {
            return is_meant(item, name);
        });
    });
    content.left_out.clear(); // of what nobody asked for
    return content;
}

std::vector<reports::Label> labels_of(const Content& content) {
    std::vector<reports::Label> labels;
    for (const Item& item : content.items) {
        labels.push_back(item.label);
    }
    return labels;
}

} // namespace cartwatch::labels
