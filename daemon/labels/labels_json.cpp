#include "daemon/labels/labels_json.hpp"

#include "daemon/labels/order.hpp"

#include <nlohmann/json.hpp>

namespace cartwatch::labels {

namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json paper_json(const NamedPaper& named) {
    const reports::LabelPaper& paper = named.paper;
    return {
        {"name", named.name},
        {"roll", paper.is_roll()},
        {"page_width", paper.page_width},
        {"page_height", paper.page_height},
        {"columns", paper.columns},
        {"rows", paper.rows},
        {"width", paper.width},
        {"height", paper.height},
        {"left", paper.left},
        {"top", paper.top},
        {"step_x", paper.column_step},
        {"step_y", paper.row_step}};
}

Json limits_json() {
    return {
        {"page_side_min", reports::page_side_mm.least},
        {"page_side_max", reports::page_side_mm.most},
        {"sheet_width", reports::a4_width_mm},
        {"sheet_height", reports::a4_height_mm},
        {"label_width_min", reports::label_width_min_mm},
        {"label_height_min", reports::label_height_min_mm},
        {"bars_label_height_min", reports::bars_label_height_min_mm},
        {"columns_max", reports::columns_max},
        {"rows_max", reports::rows_max},
        {"offset_max", reports::offset_max_mm},
        {"offset_step", reports::offset_step_mm},
        {"margin", reports::label_margin_mm},
        {"labels_max", reports::labels_max},
        {"zpl_labels_max", reports::zpl_labels_max},
        {"only_max", only_max}};
}

} // namespace

std::string offer_json(const std::filesystem::path& store_file, std::span<const Kind> kinds) {
    Json json;
    json["kinds"] = Json::array();
    for (const Kind kind : kinds) {
        const Content content = content_of(store_file, kind);
        json["kinds"].push_back(
            {{"what", to_text(kind)},
             {"count", content.items.size()},
             {"left_out", content.left_out.size()},
             {"paper", usual_paper(kind)}});
    }
    json["papers"] = Json::array();
    for (const NamedPaper& named : papers()) {
        json["papers"].push_back(paper_json(named));
    }
    json["limits"] = limits_json();
    return dumped(json);
}

std::string things_json(const Content& content, const std::string& cart) {
    Json json;
    json["labels"] = Json::array();
    for (const Item& item : content.items) {
        if (!cart.empty() && item.cart != cart) {
            continue;
        }
        json["labels"].push_back(
            {{"id", item.id},
             {"cart", item.cart},
             {"code", item.label.code},
             {"zh", item.label.zh},
             {"en", item.label.en},
             {"detail", item.label.detail},
             {"place", item.label.place}});
    }
    json["left_out"] = content.left_out;
    return dumped(json);
}

} // namespace cartwatch::labels
