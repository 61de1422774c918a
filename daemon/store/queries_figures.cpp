// What figures of a period are made from: rows that were written as entries came.
#include "daemon/store/connection.hpp"
#include "daemon/store/journal_table.hpp"
#include "daemon/store/names.hpp"
#include "daemon/store/present_state.hpp"
#include "daemon/store/queries.hpp"
#include "daemon/store/rows.hpp"

namespace cartwatch::store {

using namespace readiness;

void Reader::standings(
    const std::string& node,
    const std::string& cart,
    const Span& span,
    const Sink<StandingReport>& sink) {
    // By cart, each looked up from its last change before the span: however long its past is.
    static const std::string sql =
        "SELECT s.node, s.cart, s.at_ms, " + of_table("s", table_of<StandingThen>.values)
        + " FROM cart AS c JOIN cart_standing AS s ON s.node = c.node AND s.cart = c.id "
          "AND s.at_ms >= coalesce((SELECT max(at_ms) FROM cart_standing WHERE node = c.node "
          "AND cart = c.id AND at_ms <= ?1), ?1) AND s.at_ms < ?2 "
          "WHERE (?3 = '' OR c.node = ?3) AND (?4 = '' OR c.id = ?4) "
          "ORDER BY c.node, c.id, s.at_ms";
    guarded(path_, [&] {
        connection_->each(
            sql,
            [&](Row& row) {
                StandingReport report;
                row(report.node, report.cart, report.since);
                StandingThen then;
                columns(row, then);
                report.standing = std::move(then.standing);
                sink(report);
            },
            span.from,
            span.to,
            node,
            cart);
    });
}

void Reader::check_days(CheckKind kind, const Period& period, const Sink<CheckDay>& sink) {
    guarded(path_, [&] {
        connection_->each(
            "SELECT node, cart, working_day FROM check_closed INDEXED BY check_closed_kind "
            "WHERE kind = ? AND working_day BETWEEN ? AND ? AND voided = 0 "
            "ORDER BY working_day, node, cart",
            [&](Row& row) {
                CheckDay day;
                row(day.node, day.cart, day.working_day);
                sink(day);
            },
            kind,
            period.from,
            period.to);
    });
}

void Reader::checks_made(const Sink<CheckMadeReport>& sink) {
    guarded(path_, [&] {
        connection_->each(
            "SELECT node, cart, kind, working_day, closed_at_ms, voided FROM check_closed "
            "WHERE kind IN ('full', 'sealed') ORDER BY node, seq",
            [&](Row& row) {
                CheckMadeReport report;
                row(report.node, report.cart, report.kind, report.working_day);
                row(report.closed_at, report.voided);
                sink(report);
            });
    });
}

void Reader::policies(const Sink<PolicyReport>& sink) {
    guarded(path_, [&] {
        connection_->each(
            "SELECT node, seq, at_ms, kind, actor, body, prev, hash FROM entry "
            "INDEXED BY policy_change WHERE kind = 'policy.changed' ORDER BY at_ms, position",
            [&](Row& row) {
                const auto recorded = journal::to_recorded(read_entry(row));
                if (!recorded) {
                    throw StoreFailure(FailureKind::corrupt, recorded.error().text);
                }
                if (const auto* changed = std::get_if<PolicyChanged>(&recorded->event)) {
                    sink({recorded->node, recorded->at, changed->policy});
                }
            });
    });
}

void Reader::overrides(const Period& period, const Sink<OverrideReport>& sink) {
    guarded(path_, [&] {
        connection_->each(
            "SELECT node, cart, sum(lines), sum(typed), sum(skipped) FROM check_closed "
            "INDEXED BY check_closed_kind WHERE kind = ? AND working_day BETWEEN ? AND ? "
            "AND voided = 0 GROUP BY node, cart ORDER BY node, cart",
            [&](Row& row) {
                OverrideReport report;
                row(report.node, report.cart, report.lines, report.typed, report.skipped);
                sink(report);
            },
            CheckKind::full,
            period.from,
            period.to);
    });
}

void Reader::staff_activity(const Period& period, const Sink<StaffReport>& sink) {
    guarded(path_, [&] {
        connection_->each(
            "SELECT node, person, day, sum(kind = 'full'), sum(kind = 'sealed'), "
            "sum(kind = 'handover'), sum(kind = 'after_use'), sum(kind = 'restock'), "
            "sum(kind = ''), sum(lines), sum(typed), sum(skipped), sum(undone), sum(duration_ms) "
            "FROM (SELECT node, closed_by AS person, working_day AS day, kind, "
            "lines * (kind = 'full') AS lines, typed * (kind = 'full') AS typed, "
            "skipped * (kind = 'full') AS skipped, undone, duration_ms FROM check_closed "
            "WHERE working_day BETWEEN ?1 AND ?2 AND voided = 0 "
            "UNION ALL SELECT node, witness, working_day, '', 0, 0, 0, 0, 0 FROM check_closed "
            "WHERE working_day BETWEEN ?1 AND ?2 AND voided = 0 AND witness <> '') "
            "GROUP BY day, node, person ORDER BY day, node, person",
            [&](Row& row) {
                StaffReport report;
                row(report.node, report.person, report.working_day, report.full, report.sealed);
                row(report.handover, report.after_use, report.restock, report.witnessed);
                row(report.lines, report.typed, report.skipped, report.undone);
                row(report.duration_ms);
                report.name = names_->person(report.node, report.person);
                sink(report);
            },
            period.from,
            period.to);
    });
}

void Reader::answers(const Span& span, const Sink<AnswerReport>& sink) {
    guarded(path_, [&] {
        connection_->each(
            "SELECT entry_node, by, step, at_ms FROM alert_history INDEXED BY alert_history_at "
            "WHERE at_ms >= ? AND at_ms < ? AND step IN ('accepted', 'handed_back', 'dispatched') "
            "ORDER BY at_ms, entry_node, entry_seq",
            [&](Row& row) {
                AnswerReport report;
                row(report.node, report.person, report.step, report.at);
                report.name = names_->person(report.node, report.person);
                sink(report);
            },
            span.from,
            span.to);
    });
}

void Reader::used_units(const Period& period, const Sink<UsedReport>& sink) {
    guarded(path_, [&] {
        connection_->each(
            "SELECT l.node, c.cart, l.line, l.product, sum(l.taken_out) FROM check_closed AS c "
            "INDEXED BY check_closed_kind JOIN check_line AS l ON l.node = c.node "
            "AND l.check_id = c.id WHERE c.kind = ? AND c.working_day BETWEEN ? AND ? "
            "AND c.voided = 0 AND l.taken_out > 0 GROUP BY l.node, c.cart, l.line, l.product "
            "ORDER BY l.node, c.cart, l.line, l.product",
            [&](Row& row) {
                UsedReport report;
                row(report.node, report.cart, report.line, report.product, report.units);
                sink(report);
            },
            CheckKind::after_use,
            period.from,
            period.to);
    });
}

State Reader::standards() {
    return guarded(path_, [&] {
        State state;
        state.pharmacy =
            connection_->one<std::string>("SELECT pharmacy FROM identity").value_or("");
        load_standards(*connection_, state);
        return state;
    });
}

} // namespace cartwatch::store
