#include "daemon/labels/order.hpp"

#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace cartwatch::labels {

namespace {

using reports::Bars;
using reports::LabelPaper;
using reports::LabelsFormat;
using reports::SheetPlan;

constexpr std::array<NamedPaper, 5> named_papers = {{
    {"a4-24", reports::wide_labels},
    {"a4-65", reports::slot_labels},
    {"roll-50x30", reports::roll_of(50, 30)},
    {"roll-60x40", reports::roll_of(60, 40)},
    {"card", reports::roll_of(85.6, 53.98)},
}};

constexpr std::array<std::string_view, 17> known_options = {
    "paper",
    "columns",
    "rows",
    "width",
    "height",
    "left",
    "top",
    "step_x",
    "step_y",
    "offset_x",
    "offset_y",
    "start",
    "bars",
    "format",
    "page",
    "dpi",
    "only"};

constexpr std::array<std::string_view, 8> sheet_measures = {
    "columns", "rows", "width", "height", "left", "top", "step_x", "step_y"};

template <typename T>
using Words = std::array<std::pair<std::string_view, T>, 3>;

constexpr Words<Bars> bars_words = {
    {{"auto", Bars::where_room}, {"always", Bars::always}, {"never", Bars::never}}};
constexpr Words<LabelsFormat> format_words = {
    {{"pdf", LabelsFormat::pdf}, {"svg", LabelsFormat::svg}, {"zpl", LabelsFormat::zpl}}};

// Takes options by their names and remembers the first that is none.
class Taker {
public:
    explicit Taker(const Options& options) : options_(options) {}

    [[nodiscard]] bool has(std::string_view name) const {
        return options_.find(std::string(name)) != options_.end();
    }

    void number(std::string_view name, double& value) {
        const auto found = options_.find(std::string(name));
        if (found == options_.end()) {
            return;
        }
        const std::string& text = found->second;
        double read = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), read);
        if (error != std::errc() || end != text.data() + text.size()) {
            refuse(name, text, "no number");
            return;
        }
        value = read;
    }

    template <typename Whole>
    void whole(std::string_view name, Whole& value) {
        const auto found = options_.find(std::string(name));
        if (found == options_.end()) {
            return;
        }
        const std::string& text = found->second;
        const auto read = parse_digits(text);
        if (!read || *read > counted_max) {
            refuse(name, text, "no whole number");
            return;
        }
        value = static_cast<Whole>(*read);
    }

    template <typename T>
    void word(std::string_view name, const Words<T>& words, T& value) {
        const auto found = options_.find(std::string(name));
        if (found == options_.end()) {
            return;
        }
        for (const auto& [word, meaning] : words) {
            if (word == found->second) {
                value = meaning;
                return;
            }
        }
        std::string all;
        for (const auto& [word, meaning] : words) {
            all += (all.empty() ? "" : ", ") + std::string(word);
        }
        refuse(name, found->second, "none of " + all);
    }

    [[nodiscard]] const std::optional<Error>& fault() const {
        return fault_;
    }

private:
    // Every count has a limit far below; this keeps the conversion exact.
    static constexpr std::int64_t counted_max = 1'000'000;

    void refuse(std::string_view name, const std::string& text, const std::string& why) {
        if (!fault_) {
            fault_ = Error{
                ErrorCode::bad_input, std::string(name) + " \"" + quotable(text) + "\" is " + why};
        }
    }

    const Options& options_;
    std::optional<Error> fault_;
};

Unexpected unfitting(std::string_view option, const std::string& why) {
    return refused(ErrorCode::bad_input, std::string(option) + " " + why);
}

// A paper of the hospital's own.
Result<LabelPaper> measured_paper(bool is_roll, Taker& taker) {
    for (const std::string_view measure : {"width", "height"}) {
        if (!taker.has(measure)) {
            return unfitting(measure, "is missing: how large is a label?");
        }
    }
    LabelPaper paper;
    taker.number("width", paper.width);
    taker.number("height", paper.height);
    if (is_roll) {
        for (const std::string_view measure : sheet_measures) {
            if (measure != "width" && measure != "height" && taker.has(measure)) {
                return unfitting(measure, "is for a sheet: a roll's page is one label");
            }
        }
        return reports::roll_of(paper.width, paper.height);
    }
    for (const std::string_view measure : {"columns", "rows", "left", "top"}) {
        if (!taker.has(measure)) {
            return unfitting(measure, "is missing: where do the labels lie on the sheet?");
        }
    }
    taker.whole("columns", paper.columns);
    taker.whole("rows", paper.rows);
    taker.number("left", paper.left);
    taker.number("top", paper.top);
    paper.column_step = paper.width;
    paper.row_step = paper.height;
    taker.number("step_x", paper.column_step);
    taker.number("step_y", paper.row_step);
    return paper;
}

Result<LabelPaper> paper_of(std::string_view name, Taker& taker) {
    if (name == "sheet" || name == "roll") {
        return measured_paper(name == "roll", taker);
    }
    const auto found =
        std::find_if(named_papers.begin(), named_papers.end(), [&](const NamedPaper& one) {
            return one.name == name;
        });
    if (found == named_papers.end()) {
        std::string all;
        for (const NamedPaper& one : named_papers) {
            all += std::string(one.name) + ", ";
        }
        return refused(
            ErrorCode::bad_input,
            "paper \"" + quotable(name) + "\" is none of " + all + "sheet, roll");
    }
    for (const std::string_view measure : sheet_measures) {
        if (taker.has(measure)) {
            return unfitting(
                measure, "is for a paper of your own: choose the paper \"sheet\" or \"roll\"");
        }
    }
    return found->paper;
}

Result<void> check_known(const Options& options) {
    for (const auto& [name, value] : options) {
        if (std::find(known_options.begin(), known_options.end(), name) == known_options.end()) {
            return refused(ErrorCode::bad_input, "there is no option \"" + quotable(name) + "\"");
        }
    }
    return {};
}

Result<std::vector<std::string>> names_in(const Options& options) {
    std::vector<std::string> names;
    const auto found = options.find("only");
    std::string_view rest = found == options.end() ? std::string_view() : found->second;
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        if (comma > 0) {
            names.emplace_back(rest.substr(0, comma));
        }
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    if (names.size() > only_max) {
        return refused(
            ErrorCode::too_large,
            "only has " + std::to_string(names.size()) + " names: at most "
                + std::to_string(only_max) + "; name carts");
    }
    return names;
}

Result<SheetPlan> plan_of(std::string_view usual, const Options& options) {
    Taker taker(options);
    const auto named = options.find("paper");
    const auto paper =
        paper_of(named == options.end() ? usual : std::string_view(named->second), taker);
    if (!paper) {
        return tl::make_unexpected(paper.error());
    }
    SheetPlan plan{*paper};
    taker.number("offset_x", plan.offset_x);
    taker.number("offset_y", plan.offset_y);
    taker.whole("start", plan.start);
    taker.word("bars", bars_words, plan.bars);
    taker.word("format", format_words, plan.format);
    taker.whole("page", plan.page);
    taker.whole("dpi", plan.dpi);
    if (taker.fault()) {
        return tl::make_unexpected(*taker.fault());
    }
    if (const auto checked = reports::check_plan(plan); !checked) {
        return tl::make_unexpected(checked.error());
    }
    return plan;
}

} // namespace

std::span<const NamedPaper> papers() {
    return named_papers;
}

std::string_view usual_paper(Kind kind) {
    return kind == Kind::lines ? "a4-65" : "a4-24";
}

Result<Order> parse_order(std::string_view what, const Options& options) {
    Order order;
    const auto* const kind = std::find_if(
        std::begin(all_kinds), std::end(all_kinds), [&](Kind one) { return to_text(one) == what; });
    if (kind == std::end(all_kinds) && what != "calibration") {
        return refused(
            ErrorCode::not_found,
            "\"" + quotable(what)
                + "\" has no labels; name carts, lines, devices, staff, commands, seals or "
                  "calibration");
    }
    if (kind != std::end(all_kinds)) {
        order.kind = *kind;
    }
    if (const auto known = check_known(options); !known) {
        return tl::make_unexpected(known.error());
    }
    auto only = names_in(options);
    if (!only) {
        return tl::make_unexpected(only.error());
    }
    order.only = std::move(*only);
    const auto plan = plan_of(usual_paper(order.kind.value_or(Kind::carts)), options);
    if (!plan) {
        return tl::make_unexpected(plan.error());
    }
    order.plan = *plan;
    return order;
}

Result<Content> ordered_content(const std::filesystem::path& store_file, const Order& order) {
    return order.kind ? chosen(content_of(store_file, *order.kind), order.only) : Content();
}

Result<reports::LabelSheets> draw(const Order& order, const Content& content) {
    if (!order.kind) {
        return reports::draw_calibration(order.plan);
    }
    if (content.items.empty()) {
        const bool of_seals = *order.kind == Kind::seals;
        return refused(
            ErrorCode::not_found,
            "no " + std::string(to_text(*order.kind)) + " to label; "
                + (of_seals ? "close a check with a seal first" : "import them first"));
    }
    return reports::draw_labels(order.plan, content.heading, labels_of(content));
}

} // namespace cartwatch::labels
