#include "daemon/store/queries.hpp"

#include "daemon/store/connection.hpp"
#include "daemon/store/migrations.hpp"
#include "daemon/store/names.hpp"
#include "daemon/store/rows.hpp"

#include <map>

namespace cartwatch::store {

namespace {

using namespace readiness;

template <typename T>
std::string all_of(std::string_view alias) {
    return of_table(alias, joined(table_of<T>.keys, table_of<T>.values));
}

// A member of something that a node's own journal defines, or else the pharmacy's: one expression a
// column, empty where neither does.
std::string master(
    std::string_view table, std::string_view column, std::string_view node, std::string_view id) {
    const auto from = [&](std::string_view whose) {
        return "(SELECT " + std::string(column) + " FROM " + std::string(table)
               + " WHERE node = " + std::string(whose) + " AND id = " + std::string(id) + ")";
    };
    return "coalesce(" + from(node) + ", " + from("(SELECT pharmacy FROM identity)") + ", '')";
}

std::string names_of_master(std::string_view table, std::string_view node, std::string_view id) {
    return master(table, "name_zh", node, id) + ", " + master(table, "name_en", node, id);
}

void take_name(Row& row, Name& name) {
    row(name.zh, name.en);
}

// Columns of every one: id, tag, names, detail, names of the place, position.
std::string labels_text(Labelled what) {
    static const std::string of_cart = " JOIN cart AS c ON c.node = t.node AND c.id = t.cart "
                                       "WHERE c.retired = 0 "
                                       "ORDER BY c.station, c.node, c.id, t.place";
    switch (what) {
    case Labelled::carts:
        return "SELECT c.id, '', c.tag, c.name_zh, c.name_en, '', "
               + names_of_master("station", "c.node", "c.station")
               + ", '' FROM cart AS c WHERE c.retired = 0 ORDER BY c.station, c.node, c.id";
    case Labelled::lines:
        return "SELECT t.id, t.cart, t.tag, " + names_of_master("product", "t.node", "t.product")
               + ", " + master("product", "strength", "t.node", "t.product")
               + ", c.name_zh, c.name_en, t.position FROM line AS t" + of_cart;
    case Labelled::devices:
        return "SELECT t.id, t.cart, t.tag, t.name_zh, t.name_en, t.code, c.name_zh, c.name_en, "
               "t.position FROM device AS t"
               + of_cart;
    case Labelled::staff:
        break;
    }
    return "SELECT DISTINCT id, '', badge, name, '', '', '', '', '' FROM staff WHERE retired = 0 "
           "ORDER BY id, badge, name";
}

// The query for the stock that these words pick, of l, h and c; they end with the order's first
// part.
std::string stock_reports(const std::string& which) {
    return "SELECT l.node, l.cart, c.name_zh, c.name_en, c.station, "
           + of_table("l", table_of<Line>.values) + ", h.place, "
           + of_table("h", table_of<Holding>.values) + " " + which
           + "c.station, c.node, c.id, l.place, h.place";
}

StockReport stock_report(Row& row, Names& names) {
    StockReport report;
    row(report.node, report.cart);
    take_name(row, report.cart_name);
    row(report.station);
    columns(row, report.line);
    if (row.take<std::optional<int>>()) {
        columns(row, report.holding.emplace());
    }
    const ProductWords& product = names.product(report.node, report.line.product);
    report.product_name = product.name;
    report.strength = product.strength;
    report.unit = product.unit;
    report.controlled = product.controlled;
    return report;
}

// The query for the checks that these words pick.
std::string check_reports(const std::string& which) {
    return "SELECT " + all_of<ClosedCheck>("c") + " FROM check_closed AS c WHERE " + which;
}

CheckReport check_report(Row& row, Names& names) {
    CheckReport report;
    ClosedCheck& check = report.check;
    columns(row, check);
    report.cart_name = names.cart(check.node, check.cart).name;
    report.station_name = names.station(check.node, check.station);
    report.opened_by_name = names.person(check.node, check.opened_by);
    report.closed_by_name = names.person(check.node, check.closed_by);
    return report;
}

AlertReport alert_report(Row& row, Names& names) {
    AlertReport report;
    AlertStep& step = report.step;
    columns(row, step);
    const CartWords& cart = names.cart(step.node, step.key.cart);
    report.cart_name = cart.name;
    report.station = cart.station;
    const ProductWords& product = names.product(step.node, step.need.product);
    report.product_name = product.name;
    report.strength = product.strength;
    report.device_name = names.device(step.node, step.key.cart, step.need.device);
    report.by_name = names.person(step.node, step.by);
    return report;
}

ArrivedStep arrived_step(Row& row, Names& names) {
    ArrivedStep step;
    row(step.position);
    step.alert = alert_report(row, names);
    return step;
}

// The check that last counted what a sealed check proved (by its entry: clocks go back), and the
// sealed check's own signature.
struct Proved {
    std::string counted;
    Day day;
    Instant at;
    std::string by;
};

std::optional<Proved>
proved_by(Connection& connection, const std::string& node, const std::string& check) {
    std::optional<Proved> proved;
    connection.each(
        "SELECT b.id, b.working_day, c.closed_at_ms, c.closed_by FROM check_closed AS c "
        "JOIN check_closed AS b ON b.node = c.node AND b.cart = c.cart AND b.kind = 'full' AND "
        "b.seq < c.seq WHERE c.node = ? AND c.id = ? AND c.kind IN ('sealed', 'handover') AND "
        "c.seal <> '' ORDER BY b.seq DESC LIMIT 1",
        [&](Row& row) {
            proved.emplace();
            row(proved->counted, proved->day, proved->at, proved->by);
        },
        node,
        check);
    return proved;
}

// As the seal proves it, whatever became of it when it was counted.
void prove(CheckLine& line, const Proved& proved) {
    line.result = LineResult::sealed;
    line.taken_out = 0;
    line.evidence = readiness::Evidence::sealed;
    line.at = proved.at;
    line.by = proved.by;
}

} // namespace

Reader::Reader(const std::filesystem::path& path) : path_(path) {
    if (!std::filesystem::exists(path)) {
        throw StoreFailure(
            FailureKind::missing, path.string() + ": no such file: name the daemon's database");
    }
    connection_ = std::make_unique<Connection>(path, Connection::Access::read);
    names_ = std::make_unique<Names>(*connection_);
    guarded(path_, [&] {
        const int version = version_of(*connection_);
        const int newest = migrations().back().number;
        if (version != newest) {
            throw StoreFailure(
                version > newest ? FailureKind::newer_version : FailureKind::not_ours,
                path_.string() + ": database version " + std::to_string(version)
                    + " where this program reads " + std::to_string(newest)
                    + ": use the program that the daemon runs");
        }
        // One view of the data for all questions: a sheet and its totals agree.
        connection_->database().exec("BEGIN");
    });
}

Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

void Reader::checks(const Period& period, const Sink<CheckReport>& sink) {
    static const std::string sql =
        check_reports("c.working_day BETWEEN ? AND ? ORDER BY c.closed_at_ms, c.node, c.id");
    guarded(path_, [&] {
        connection_->each(
            sql, [&](Row& row) { sink(check_report(row, *names_)); }, period.from, period.to);
    });
}

void Reader::checks_of_kind(CheckKind kind, const Period& period, const Sink<CheckReport>& sink) {
    static const std::string sql = check_reports(
        "c.kind = ? AND c.working_day BETWEEN ? AND ? ORDER BY c.closed_at_ms, c.node, c.id");
    guarded(path_, [&] {
        connection_->each(
            sql, [&](Row& row) { sink(check_report(row, *names_)); }, kind, period.from, period.to);
    });
}

void Reader::checks_of(
    const std::string& node,
    const std::string& cart,
    const Period& period,
    const Sink<CheckReport>& sink) {
    static const std::string sql =
        check_reports("c.node = ? AND c.cart = ? AND c.working_day BETWEEN ? AND ? "
                      "ORDER BY c.closed_at_ms, c.node, c.id");
    guarded(path_, [&] {
        connection_->each(
            sql,
            [&](Row& row) { sink(check_report(row, *names_)); },
            node,
            cart,
            period.from,
            period.to);
    });
}

void Reader::check_lines(
    const std::string& node, const std::string& check, const Sink<CheckLineReport>& sink) {
    static const std::string sql = "SELECT " + std::string(table_of<CheckLine>.values)
                                   + " FROM check_line WHERE node = ? AND check_id = ? "
                                     "ORDER BY place";
    guarded(path_, [&] {
        const auto proved = proved_by(*connection_, node, check);
        connection_->each(
            sql,
            [&](Row& row) {
                CheckLineReport report;
                columns(row, report.line);
                const ProductWords& product = names_->product(node, report.line.product);
                report.product_name = product.name;
                report.strength = product.strength;
                if (proved) {
                    prove(report.line, *proved);
                }
                sink(report);
            },
            node,
            proved ? proved->counted : check);
    });
}

std::optional<CountedBefore>
Reader::counted_before(const std::string& node, const std::string& check) {
    const auto proved = guarded(path_, [&] { return proved_by(*connection_, node, check); });
    return proved ? std::optional(CountedBefore{proved->counted, proved->day}) : std::nullopt;
}

// By check, so that a sheet of ten years is not put in order finding by finding.
void Reader::findings(const Period& period, const Sink<FindingReport>& sink) {
    static const std::string of_check = "SELECT " + std::string(table_of<FoundThen>.values)
                                        + " FROM finding WHERE node = ? AND check_id = ? "
                                          "ORDER BY place";
    const auto each_of = [&](FindingReport& report) {
        connection_->each(
            of_check,
            [&](Row& row) {
                columns(row, report.found);
                const ProductWords& product = names_->product(report.node, report.found.product);
                report.product_name = product.name;
                report.strength = product.strength;
                report.device_name =
                    names_->device(report.node, report.cart, report.found.finding.device);
                sink(report);
            },
            report.node,
            report.check);
    };
    guarded(path_, [&] {
        connection_->each(
            "SELECT node, id, cart, station, working_day, closed_at_ms FROM check_closed "
            "WHERE working_day BETWEEN ? AND ? ORDER BY closed_at_ms, node, id",
            [&](Row& row) {
                FindingReport report;
                row(report.node, report.check, report.cart, report.station, report.working_day);
                row(report.closed_at);
                report.cart_name = names_->cart(report.node, report.cart).name;
                each_of(report);
            },
            period.from,
            period.to);
    });
}

void Reader::alerts(const Span& span, const Sink<AlertReport>& sink) {
    static const std::string sql = "SELECT " + all_of<AlertStep>("a")
                                   + " FROM alert_history AS a WHERE a.at_ms >= ? AND a.at_ms < ? "
                                     "ORDER BY a.at_ms, a.entry_node, a.entry_seq";
    guarded(path_, [&] {
        connection_->each(
            sql, [&](Row& row) { sink(alert_report(row, *names_)); }, span.from, span.to);
    });
}

void Reader::alerts_of(
    const std::string& node,
    const std::string& cart,
    const Span& span,
    const Sink<AlertReport>& sink) {
    static const std::string sql =
        "SELECT " + all_of<AlertStep>("a")
        + " FROM alert_history AS a INDEXED BY alert_history_alert WHERE a.node = ? AND a.cart = ? "
          "AND a.at_ms >= ? AND a.at_ms < ? ORDER BY a.at_ms, a.entry_node, a.entry_seq";
    guarded(path_, [&] {
        connection_->each(
            sql,
            [&](Row& row) { sink(alert_report(row, *names_)); },
            node,
            cart,
            span.from,
            span.to);
    });
}

void Reader::alerts_after(std::int64_t position, const Sink<ArrivedStep>& sink) {
    static const std::string sql = "SELECT e.position, " + all_of<AlertStep>("a")
                                   + " FROM entry AS e CROSS JOIN alert_history AS a "
                                     "ON a.entry_node = e.node AND a.entry_seq = e.seq "
                                     "WHERE e.position > ? ORDER BY e.position";
    guarded(path_, [&] {
        connection_->each(
            sql, [&](Row& row) { sink(arrived_step(row, *names_)); }, position);
    });
}

void Reader::open_alerts(const Sink<ArrivedStep>& sink) {
    // Of an alert's steps the last one bears its greatest position.
    static const std::string sql =
        "SELECT max(e.position), " + all_of<AlertStep>("a")
        + " FROM alert AS o JOIN alert_history AS a ON a.node = o.node AND a.cart = o.cart "
          "AND a.subject = o.subject AND a.episode = o.episode "
          "JOIN entry AS e ON e.node = a.entry_node AND e.seq = a.entry_seq "
          "WHERE o.state NOT IN ('resolved', 'withdrawn') "
          "GROUP BY o.node, o.cart, o.subject ORDER BY 1";
    guarded(path_, [&] {
        connection_->each(sql, [&](Row& row) { sink(arrived_step(row, *names_)); });
    });
}

std::int64_t Reader::last_position() {
    return guarded(path_, [&] {
        return connection_->one<std::int64_t>("SELECT coalesce(max(position), 0) FROM entry")
            .value_or(0);
    });
}

void Reader::stock(const Sink<StockReport>& sink) {
    static const std::string sql = stock_reports(
        "FROM cart AS c JOIN line AS l ON l.node = c.node AND l.cart = c.id "
        "LEFT JOIN holding AS h ON h.node = l.node AND h.cart = l.cart AND h.line = l.id "
        "WHERE c.retired = 0 ORDER BY ");
    guarded(path_, [&] {
        connection_->each(sql, [&](Row& row) { sink(stock_report(row, *names_)); });
    });
}

void Reader::stock_expiring(
    Day last,
    const std::string& node,
    const std::string& cart,
    const std::function<bool(const StockReport&)>& sink) {
    static const std::string sql =
        stock_reports("FROM holding AS h INDEXED BY holding_expiry "
                      "JOIN line AS l ON l.node = h.node AND l.cart = h.cart AND l.id = h.line "
                      "JOIN cart AS c ON c.node = h.node AND c.id = h.cart "
                      "WHERE h.last_usable_day <= ?1 AND c.retired = 0 "
                      "AND (?2 = '' OR h.node = ?2) AND (?3 = '' OR h.cart = ?3) "
                      "ORDER BY h.last_usable_day, ");
    guarded(path_, [&] {
        connection_->each_while(
            sql, [&](Row& row) { return sink(stock_report(row, *names_)); }, last, node, cart);
    });
}

void Reader::readiness(const Period& period, const Sink<ReadinessReport>& sink) {
    guarded(path_, [&] {
        connection_->each(
            "SELECT node, cart, station, id, working_day, closed_at_ms, readiness, in_order, "
            "required, ready_until FROM check_closed WHERE working_day BETWEEN ? AND ? "
            "ORDER BY station, node, cart, closed_at_ms",
            [&](Row& row) {
                ReadinessReport report;
                row(report.node, report.cart, report.station, report.check, report.working_day);
                row(report.closed_at, report.readiness, report.in_order, report.required);
                row(report.ready_until);
                report.cart_name = names_->cart(report.node, report.cart).name;
                report.station_name = names_->station(report.node, report.station);
                sink(report);
            },
            period.from,
            period.to);
    });
}

void Reader::labels(Labelled what, const Sink<LabelReport>& sink) {
    guarded(path_, [&] {
        connection_->each(labels_text(what), [&](Row& row) {
            LabelReport report;
            row(report.id, report.cart, report.tag);
            take_name(row, report.name);
            row(report.detail);
            take_name(row, report.place_name);
            row(report.position);
            sink(report);
        });
    });
}

void Reader::seals(const Sink<SealReport>& sink) {
    guarded(path_, [&] {
        std::map<std::string, std::map<std::string, SealRecord>> nodes;
        Rows<SealRecord, std::string, std::string>::each(
            *connection_,
            "",
            [&](const std::string& node, const std::string& number, SealRecord seal) {
                nodes[node].emplace(number, std::move(seal));
            });
        for (const auto& [node, held] : nodes) {
            for (SealLine& line : seal_ledger(held)) {
                sink(SealReport{node, std::move(line)});
            }
        }
    });
}

void Reader::cart_tags(const Sink<CartTagReport>& sink) {
    static const std::string sql =
        "SELECT c.id, c.tag, c.name_zh, c.name_en, c.seal_number, c.seal_intact, "
        "c.seal_ready_until, coalesce(nullif("
        + master("staff", "name", "c.node", "k.by")
        + ", ''), k.by, ''), k.working_day, c.node, "
          "(SELECT s.ready_until FROM cart_standing AS s WHERE s.node = c.node AND s.cart = c.id "
          "ORDER BY s.at_ms DESC LIMIT 1) FROM cart AS c LEFT JOIN last_check AS k ON "
          "k.node = c.node AND k.cart = c.id WHERE c.retired = 0 "
          "ORDER BY c.station, c.node, c.id";
    static const std::string alerts =
        "SELECT state, severity FROM alert WHERE node = ? AND cart = ?";
    guarded(path_, [&] {
        connection_->each(sql, [&](Row& row) {
            CartTagReport report;
            row(report.id, report.tag);
            take_name(row, report.name);
            row.part(report.seal, &Seal::number, &Seal::intact, &Seal::ready_until);
            std::string node;
            row(report.checked_by, report.checked_on, node, report.stands_until);
            connection_->each(
                alerts,
                [&](Row& alert) {
                    readiness::TagAlert& one = report.alerts.emplace_back();
                    alert(one.state, one.severity);
                },
                node,
                report.id);
            sink(report);
        });
    });
}

std::int64_t Reader::count(Question question) {
    const auto rows = [&](const char* table) {
        return guarded(path_, [&] {
            return connection_->one<std::int64_t>("SELECT count(*) FROM " + std::string(table))
                .value_or(0);
        });
    };
    switch (question) {
    case Question::checks:
    case Question::readiness:
    case Question::dues:  // late ones and those of today make fewer or more
    case Question::staff: // several of one person and day are one row
        return rows("check_closed");
    case Question::findings:
        return rows("finding");
    case Question::alerts:
        return rows("alert_history");
    case Question::stock:
        return rows("line") + rows("holding");
    case Question::expiry:
    case Question::rotation: // a lot is in one swap at most
        return rows("holding");
    case Question::seals:
        return rows("seal");
    }
    return 0;
}

} // namespace cartwatch::store
