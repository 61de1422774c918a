#include "daemon/inspection/report.hpp"

#include "daemon/inspection/tables.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace cartwatch::inspection {

using reports::Report;
using reports::ReportColumn;
using reports::ReportRow;
using reports::ReportSection;
using reports::ReportTable;
using reports::Value;

namespace {

// A column of the report: which of the table it shows, and as what.
struct Shown {
    std::string_view column;
    double share = 1;
    std::vector<std::string_view> words = {}; // prefixes of the catalogue's keys for its codes
    bool right = false;
};

using figures::CartName;

const std::vector<Shown> inside_shown = {
    {"position", 2},
    {"name", 3},
    {"strength", 2},
    {"par", 1, {}, true},
    {"lot", 2},
    {"last_usable_day", 2},
    {"quantity", 1, {}, true},
    {"evidence", 1.5, {"pack.evidence"}},
    {"seen_at", 2.4}};
const std::vector<Shown> trail_shown = {
    {"at", 2.4},
    {"what", 1.5, {"watch.step", "pack.what"}},
    {"detail", 4, {"check_kind"}},
    {"result", 1.5, {"readiness", "severity"}},
    {"by", 1.4},
    {"by_name", 1.6},
    {"entry", 2.4}};

using Keep = std::function<bool(const Row&)>;

class Writer {
public:
    Writer(store::Reader& reader, const Gathered& gathered, const Voice& voice)
        : reader_(reader), gathered_(gathered), voice_(voice) {}

    [[nodiscard]] std::string text(std::string_view key, const texts::Values& values = {}) const {
        return voice_.texts.text("pack." + std::string(key), values);
    }

    // "shortage damaged" → "缺少、破损"; "full, 0457722" → "全面检查, 0457722"; what has no words
    // stays.
    [[nodiscard]] std::string
    spoken(const std::vector<std::string_view>& prefixes, const std::string& codes) const {
        std::string all;
        for (std::size_t begin = 0; begin < codes.size();) {
            const std::size_t end = std::min(codes.find_first_of(" ,", begin), codes.size());
            const std::string code = codes.substr(begin, end - begin);
            all += word_of(prefixes, code);
            all += codes.substr(end, 1);
            begin = end + 1;
        }
        return all;
    }

    [[nodiscard]] std::string cell(const Value& value) const {
        if (const auto* words = std::get_if<std::string>(&value)) {
            return *words;
        }
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            return std::to_string(*number);
        }
        if (const auto* day = std::get_if<Day>(&value)) {
            return to_text(*day);
        }
        const auto* instant = std::get_if<Instant>(&value);
        return instant == nullptr ? "" : voice_.wall_clock(*instant).substr(0, 16); // no seconds
    }

    [[nodiscard]] ReportRow
    row_of(const Table& table, const Row& row, const std::vector<Shown>& shown) const {
        ReportRow cells;
        for (const Shown& one : shown) {
            const std::string words = cell(row.at(place_of(table, one.column)));
            cells.push_back(one.words.empty() ? words : spoken(one.words, words));
        }
        return cells;
    }

    [[nodiscard]] std::vector<ReportColumn> columns_of(const std::vector<Shown>& shown) const {
        std::vector<ReportColumn> columns;
        for (const Shown& one : shown) {
            columns.push_back({text("column." + std::string(one.column)), one.share, one.right});
        }
        return columns;
    }

    // A section with the rows of one table that `keep` takes; of too many it says where the rest
    // is.
    [[nodiscard]] ReportSection
    section(std::string_view name, const std::vector<Shown>& shown, const Keep& keep = {}) const {
        const Table& of = table(name);
        ReportTable drawn{columns_of(shown), {}};
        std::size_t rows = 0;
        of.each_row(reader_, gathered_, [&](const Row& row) {
            if (keep && !keep(row)) {
                return;
            }
            ++rows;
            if (rows <= section_rows_max) {
                drawn.rows.push_back(row_of(of, row, shown));
            }
        });
        ReportSection section;
        section.heading = text("section." + std::string(name));
        section.note = rows == 0 ? text("nothing") : note_of(name);
        if (rows > section_rows_max) {
            section.note += " "
                            + text(
                                "more",
                                {{"count", std::to_string(rows - section_rows_max)},
                                 {"file", std::string(name) + ".csv"}});
        }
        section.tables.push_back(std::move(drawn));
        return section;
    }

    [[nodiscard]] ReportSection facts() const {
        const PackRequest& request = gathered_.request;
        ReportSection section;
        section.heading = text("section.facts");
        const auto add = [&](std::string_view name, std::string value) {
            section.facts.emplace_back(text("fact." + std::string(name)), std::move(value));
        };
        add("hospital", voice_.hospital);
        add("period", to_text(request.from) + " – " + to_text(request.to));
        std::string stations;
        for (const std::string& station : gathered_.stations) {
            stations += (stations.empty() ? "" : ", ") + station;
        }
        add("stations", stations.empty() ? text("all_stations") : stations);
        add("made_at", voice_.wall_clock(request.now) + " (" + request.time_zone + ")");
        add("made_by", request.node);
        for (const pack::PackJournal& journal : gathered_.journals) {
            add("journal",
                text(
                    journal.last < journal.first ? "journal_empty" : "journal",
                    {{"node", journal.node},
                     {"first", std::to_string(journal.first)},
                     {"last", std::to_string(journal.last)},
                     {"hash", journal.head}}));
        }
        return section;
    }

    // A sheet for each cart: what lies in it, and what became of it.
    [[nodiscard]] std::vector<ReportSection> sheets() const {
        std::vector<ReportSection> all;
        std::map<CartName, std::size_t> places;
        for (const figures::Scope& scope : gathered_.cart_scopes()) {
            if (all.size() == sheets_max) {
                all.back().note +=
                    " " + text("more_sheets", {{"count", std::to_string(sheets_max)}});
                break;
            }
            places[{scope.node, scope.cart}] = all.size();
            ReportSection sheet;
            sheet.new_page = true;
            sheet.heading = text(
                "sheet",
                {{"cart", gathered_.cart_name(scope.node, scope.cart)}, {"id", scope.cart}});
            const std::string station = gathered_.station_of(scope.node, scope.cart);
            sheet.note = text(
                "sheet_note",
                {{"station", gathered_.station_name(scope.node, station)}, {"node", scope.node}});
            sheet.tables = {{columns_of(inside_shown), {}}, {columns_of(trail_shown), {}}};
            all.push_back(std::move(sheet));
        }
        fill(all, places, 0, "stock", inside_shown);
        fill(all, places, 1, "tracer", trail_shown);
        return all;
    }

private:
    void fill(
        std::vector<ReportSection>& all,
        const std::map<CartName, std::size_t>& places,
        std::size_t number,
        std::string_view name,
        const std::vector<Shown>& shown) const {
        const Table& of = table(name);
        const std::size_t node = place_of(of, "node");
        const std::size_t cart = place_of(of, "cart");
        of.each_row(reader_, gathered_, [&](const Row& row) {
            const auto place = places.find({cell(row.at(node)), cell(row.at(cart))});
            if (place == places.end()) {
                return;
            }
            std::vector<ReportRow>& rows = all[place->second].tables[number].rows;
            if (rows.size() < sheet_rows_max) {
                rows.push_back(row_of(of, row, shown));
            } else if (rows.size() == sheet_rows_max) {
                rows.emplace_back(shown.size());
                rows.back()[0] = text("more_in", {{"file", std::string(name) + ".csv"}});
            }
        });
    }

    [[nodiscard]] std::string
    word_of(const std::vector<std::string_view>& prefixes, const std::string& code) const {
        for (const std::string_view prefix : prefixes) {
            const std::string key = std::string(prefix) + "." + code;
            if (std::string words = voice_.texts.text(key, {}); words != key) {
                return words;
            }
        }
        return code;
    }

    [[nodiscard]] std::string note_of(std::string_view name) const {
        const std::string key = "pack.note." + std::string(name);
        const std::string note = voice_.texts.text(key, {});
        return note == key ? "" : note;
    }

    store::Reader& reader_;
    const Gathered& gathered_;
    const Voice& voice_;
};

// Rows of the hospital or of stations; of stations beside the hospital the main figures alone.
Keep figures_of_scope(const Table& of, std::string_view scope, bool main_alone) {
    static constexpr std::array<std::string_view, 4> main_figures = {
        "readiness_rate", "time_ready", "on_time_checks", "overrides"};
    const std::size_t scope_at = place_of(of, "scope");
    const std::size_t figure_at = place_of(of, "figure");
    return [=](const Row& row) {
        const auto& figure = std::get<std::string>(row.at(figure_at));
        return std::get<std::string>(row.at(scope_at)) == scope
               && (!main_alone || std::ranges::find(main_figures, figure) != main_figures.end());
    };
}

std::vector<ReportSection>
figure_sections(const Writer& writer, const Gathered& gathered, const Voice& voice) {
    const Table& figures = table("figures");
    const std::string_view formula = voice.language == "en" ? "formula_en" : "formula";
    const bool is_whole = gathered.stations.empty();
    std::vector<ReportSection> sections;
    if (is_whole) {
        sections.push_back(writer.section(
            "figures",
            {{"figure", 3, {"pack.figure"}},
             {"severity", 1.2, {"severity"}},
             {"value", 1.2, {}, true},
             {"unit", 1.2, {"pack.unit"}},
             {"numerator", 1.4, {}, true},
             {"denominator", 1.4, {}, true},
             {formula, 6}},
            figures_of_scope(figures, "hospital", false)));
    }
    std::vector<Shown> shown = {
        {"name", 2.4},
        {"figure", 3, {"pack.figure"}},
        {"severity", 1.2, {"severity"}},
        {"value", 1.2, {}, true},
        {"unit", 1.2, {"pack.unit"}},
        {"numerator", 1.4, {}, true},
        {"denominator", 1.4, {}, true}};
    if (!is_whole) {
        shown.push_back({formula, 5}); // else it stands with the hospital's figures
    }
    sections.push_back(
        writer.section("figures", shown, figures_of_scope(figures, "station", is_whole)));
    sections.back().heading = writer.text("section.stations");
    return sections;
}

std::vector<ReportSection> table_sections(const Writer& writer) {
    std::vector<ReportSection> sections;
    sections.push_back(writer.section(
        "due",
        {{"station", 1.5},
         {"cart", 2},
         {"cart_name", 3},
         {"kind", 2, {"check_kind"}},
         {"due", 1, {}, true},
         {"on_time", 1, {}, true},
         {"late", 1, {}, true},
         {"missed", 1, {}, true},
         {"open", 1.1, {}, true}}));
    sections.push_back(writer.section(
        "faults",
        {{"cart", 1.7},
         {"name", 2.6},
         {"strength", 1.8},
         {"severity", 1.2, {"severity"}},
         {"quantity", 1, {}, true},
         {"kinds", 2, {"kind_word"}},
         {"raised_at", 2.2},
         {"state", 1.3, {"watch.step"}},
         {"owner", 1.3},
         {"owner_name", 1.7}}));
    sections.push_back(writer.section(
        "restock",
        {{"cart", 1.7},
         {"name", 2.6},
         {"severity", 1.2, {"severity"}},
         {"quantity", 1, {}, true},
         {"raised_at", 2.2},
         {"accepted_by", 1.3},
         {"to_accept_min", 1.4, {}, true},
         {"to_restock_min", 1.4, {}, true},
         {"outcome", 1.5, {"watch.step", "pack.outcome"}}}));
    sections.push_back(writer.section(
        "controlled",
        {{"cart", 1.7},
         {"name", 2},
         {"kind", 1.8, {"check_kind"}},
         {"closed_at", 2.2},
         {"par", 0.9, {}, true},
         {"before", 0.9, {}, true},
         {"after", 0.9, {}, true},
         {"left", 0.9, {}, true},
         {"used", 0.9, {}, true},
         {"unexplained", 1, {}, true},
         {"by", 1.3},
         {"witness", 1.3},
         {"entry", 1.9}}));
    sections.push_back(writer.section(
        "seals",
        {{"station", 1.3},
         {"number", 2},
         {"state", 1.4, {"pack.seal"}},
         {"gap", 1, {"pack.gap"}},
         {"issued_at", 2.2},
         {"cart", 1.7},
         {"put_on_at", 2.2},
         {"put_on_by", 1.3},
         {"ended_at", 2.2},
         {"ended_by", 1.3},
         {"how", 1.6, {"pack.how"}}}));
    sections.push_back(writer.section(
        "expiry",
        {{"station", 1.5},
         {"cart", 2},
         {"name", 3},
         {"lot", 2},
         {"last_usable_day", 2},
         {"quantity", 1, {}, true},
         {"within_days", 1.2, {}, true}}));
    return sections;
}

} // namespace

Report report_of(store::Reader& reader, const Gathered& gathered, const Voice& voice) {
    const Writer writer(reader, gathered, voice);
    const PackRequest& request = gathered.request;
    Report report;
    report.title = writer.text("title");
    report.heading = writer.text(
        "heading",
        {{"hospital", voice.hospital},
         {"from", to_text(request.from)},
         {"to", to_text(request.to)},
         {"at", voice.wall_clock(request.now)}});
    report.footing = writer.text("footing");
    report.numbers = writer.text("numbers", {{"page", "{page}"}, {"pages", "{pages}"}});
    report.sections.push_back(writer.facts());
    std::ranges::move(
        figure_sections(writer, gathered, voice), std::back_inserter(report.sections));
    std::ranges::move(table_sections(writer), std::back_inserter(report.sections));
    std::ranges::move(writer.sheets(), std::back_inserter(report.sections));
    return report;
}

} // namespace cartwatch::inspection
