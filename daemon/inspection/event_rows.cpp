// What happened and what stands open, row by row: faults with who takes care of them, waits,
// controlled drugs, and the trail of each cart.
#include "daemon/inspection/tables.hpp"

#include <algorithm>
#include <tuple>

namespace cartwatch::inspection {

using namespace readiness;
using reports::Column;
using reports::Value;
using std::chrono::days;

namespace {

const std::vector<Column> fault_columns = {
    {"node", "病区节点", "the ward's node"},
    {"station", "站点", "the station responsible"},
    {"cart", "车号", "the cart's id"},
    {"cart_name", "车名", "the cart's name"},
    {"subject", "行/设备", "id of the line or device"},
    {"name", "名称", "of the product or device"},
    {"strength", "规格", "of the product"},
    {"severity", "等级", "critical, high, normal or notice"},
    {"quantity", "需要数量", "units needed; 0 for a device"},
    {"kinds", "原因", "the findings behind it"},
    {"raised_at", "告警时间", "UTC"},
    {"state", "状态", "raised, accepted or dispatched, when the pack was made"},
    {"owner", "负责人工号", "staff id of who took it on; empty: the station"},
    {"owner_name", "负责人", "their name; of a station that has it still, the station's"},
    {"expected_at", "预计送达", "UTC, as the pharmacy said"},
};

const std::vector<Column> restock_columns = {
    {"node", "病区节点", "the ward's node"},
    {"station", "站点", "the station responsible"},
    {"cart", "车号", "the cart's id"},
    {"cart_name", "车名", "the cart's name now"},
    {"subject", "行/设备", "id of the line or device"},
    {"name", "名称", "of the product or device"},
    {"strength", "规格", "of the product"},
    {"severity", "等级", "when raised: critical, high, normal or notice"},
    {"quantity", "需要数量", "units needed when raised; 0 for a device"},
    {"raised_at", "告警时间", "UTC"},
    {"accepted_at", "接单时间", "UTC; first accepted, or sent unasked"},
    {"accepted_by", "接单人工号", "staff id"},
    {"accepted_by_name", "接单人", "their name"},
    {"dispatched_at", "发出时间", "UTC, the last time"},
    {"ended_at", "结束时间", "UTC"},
    {"outcome", "结果", "resolved, withdrawn or open"},
    {"to_accept_min", "接单用时（分）", "whole minutes from raised to accepted"},
    {"to_restock_min", "补齐用时（分）", "whole minutes from raised to resolved"},
};

const std::vector<Column> controlled_columns = {
    {"node", "病区节点", "the ward's node"},
    {"station", "站点", "the station responsible then"},
    {"cart", "车号", "the cart's id"},
    {"cart_name", "车名", "the cart's name then"},
    {"check", "检查编号", "number of the check"},
    {"kind", "检查类型", "full, after_use or restock"},
    {"closed_at", "签名时间", "UTC"},
    {"line", "行号", "id of the line"},
    {"name", "名称", "of the product"},
    {"strength", "规格", "of the product"},
    {"par", "基数", "par level of the line"},
    {"before", "账面数", "units on file before the signature"},
    {"after", "签后数", "units on file after it"},
    {"left", "剩余", "after an emergency: units left"},
    {"used", "空安瓿", "after an emergency: units or empties scanned out"},
    {"unexplained",
     "差额",
     "after an emergency: par less left and empties; else before less after"},
    {"by", "签名人工号", "staff id"},
    {"by_name", "签名人", "their name"},
    {"witness", "第二人工号", "staff id of the second badge"},
    {"witness_name", "第二人", "their name"},
    {"entry", "日志条目", "the entry of the signature, as cartwatch verify --entry names it"},
};

const std::vector<Column> tracer_columns = {
    {"node", "病区节点", "the ward's node"},
    {"station", "站点", "the station responsible now"},
    {"cart", "车号", "the cart's id"},
    {"cart_name", "车名", "the cart's name now"},
    {"at", "时间", "UTC"},
    {"what", "事项", "check, or a step of an alert: raised, changed, accepted …"},
    {"detail", "内容", "the check's kind and seal; the product or device and the quantity"},
    {"result", "结果", "what the check found the cart to be; the alert's severity"},
    {"by", "工号", "staff id, or system"},
    {"by_name", "姓名", "their name"},
    {"entry", "日志条目", "the entry that says so, as cartwatch verify --entry names it"},
};

std::string joined(const std::vector<FindingKind>& kinds) {
    std::string text;
    for (const FindingKind kind : kinds) {
        text += (text.empty() ? "" : " ") + std::string(to_text(kind));
    }
    return text;
}

Value or_none(const std::optional<Instant>& instant) {
    return instant ? Value(*instant) : Value();
}

std::string entry_name(const std::string& node, std::int64_t seq) {
    return node + ":" + std::to_string(seq);
}

struct Subject {
    std::string name;
    std::string strength;
};

Subject subject_of(const Gathered& gathered, const std::string& node, const Alert& alert) {
    if (const Product* product = find_product(gathered.state, node, alert.need.product)) {
        return {product->name.zh, product->strength};
    }
    const Cart* cart = gathered.cart(node, alert.key.cart);
    for (const Device& device : cart == nullptr ? std::vector<Device>{} : cart->devices) {
        if (device.id == alert.key.subject) {
            return {device.name.zh, ""};
        }
    }
    return {alert.key.subject, ""};
}

void fault_rows(store::Reader&, const Gathered& gathered, const RowSink& sink) {
    for (const auto& [node, of_node] : gathered.state.nodes) {
        for (const auto& [key, alert] : of_node.alerts) {
            const std::string station = gathered.station_of(node, key.cart);
            if (!alert.open() || !gathered.holds(station)) {
                continue;
            }
            const std::string owner = alert.state == AlertState::dispatched ? alert.dispatched_by
                                      : alert.state == AlertState::accepted ? alert.accepted_by
                                                                            : std::string();
            const Subject subject = subject_of(gathered, node, alert);
            sink(
                {node,
                 station,
                 key.cart,
                 gathered.cart_name(node, key.cart),
                 key.subject,
                 subject.name,
                 subject.strength,
                 std::string(to_text(alert.need.severity)),
                 std::int64_t{alert.need.quantity},
                 joined(alert.need.kinds),
                 alert.raised_at,
                 std::string(to_text(alert.state)),
                 owner,
                 owner.empty() ? gathered.station_name(node, station)
                               : gathered.person(gathered.state.pharmacy, owner),
                 or_none(alert.expected_at)});
        }
    }
}

// One alert from its raising to its end.
struct Episode {
    store::AlertReport raised;
    std::optional<Instant> accepted;
    std::string accepted_by;
    std::string accepted_by_name;
    std::optional<Instant> dispatched;
    std::optional<Instant> ended;
    bool withdrawn = false;

    void take(const store::AlertReport& report) {
        using store::AlertStepKind;
        const store::AlertStep& step = report.step;
        const bool is_sent = step.step == AlertStepKind::dispatched;
        if ((step.step == AlertStepKind::accepted || is_sent) && !accepted) {
            accepted = step.at;
            accepted_by = step.by;
            accepted_by_name = report.by_name;
        }
        dispatched = is_sent ? step.at : dispatched;
        if (step.step == AlertStepKind::resolved || step.step == AlertStepKind::withdrawn) {
            ended = step.at;
            withdrawn = step.step == AlertStepKind::withdrawn;
        }
    }
};

// Two machines' clocks may differ: never below nothing.
Value minutes_between(Instant from, const std::optional<Instant>& to) {
    if (!to) {
        return {};
    }
    const auto span = std::max(*to - from, std::chrono::milliseconds{0});
    return std::int64_t{std::chrono::duration_cast<std::chrono::minutes>(span).count()};
}

Row row_of(const Episode& episode) {
    const store::AlertReport& report = episode.raised;
    const store::AlertStep& raised = report.step;
    const bool is_resolved = episode.ended && !episode.withdrawn;
    return {
        raised.node,
        report.station,
        raised.key.cart,
        report.cart_name.zh,
        raised.key.subject,
        raised.need.line.empty() ? report.device_name.zh : report.product_name.zh,
        report.strength,
        std::string(to_text(raised.need.severity)),
        std::int64_t{raised.need.quantity},
        raised.at,
        or_none(episode.accepted),
        episode.accepted_by,
        episode.accepted_by_name,
        or_none(episode.dispatched),
        or_none(episode.ended),
        std::string(
            is_resolved     ? "resolved"
            : episode.ended ? "withdrawn"
                            : "open"),
        minutes_between(raised.at, episode.accepted),
        is_resolved ? minutes_between(raised.at, episode.ended) : Value()};
}

void restock_rows(store::Reader& reader, const Gathered& gathered, const RowSink& sink) {
    const store::Span asked = gathered.span();
    // What was raised in these days may have ended after them.
    const store::Span span{asked.from, std::max(asked.to, gathered.request.now + days(1))};
    std::map<std::tuple<std::string, AlertKey, int>, std::size_t> places;
    std::vector<Episode> episodes;
    reader.alerts(span, [&](const store::AlertReport& report) {
        const store::AlertStep& step = report.step;
        const std::tuple name(step.node, step.key, step.episode);
        if (step.step == store::AlertStepKind::raised) {
            if (step.at < asked.to && gathered.holds(report.station)
                && places.emplace(name, episodes.size()).second) {
                episodes.push_back({report, {}, {}, {}, {}, {}, false});
            }
        } else if (const auto place = places.find(name); place != places.end()) {
            episodes[place->second].take(report);
        }
    });
    for (const Episode& episode : episodes) {
        sink(row_of(episode));
    }
}

void controlled_rows(store::Reader&, const Gathered& gathered, const RowSink& sink) {
    for (const ControlledCount& count : gathered.controlled) {
        const Product* product = find_product(gathered.state, count.node, count.line.product);
        std::int64_t before = 0;
        for (const Holding& holding : count.line.holdings) {
            before += holding.quantity;
        }
        const CheckClosed& closed = count.closed;
        const bool is_restock = closed.kind == CheckKind::restock;
        sink(
            {count.node,
             count.cart.station,
             count.cart.id,
             count.cart.name.zh,
             closed.check,
             std::string(to_text(closed.kind)),
             count.at,
             count.line.id,
             product == nullptr ? count.line.product : product->name.zh,
             product == nullptr ? "" : product->strength,
             std::int64_t{count.line.par},
             before,
             std::int64_t{count.counted},
             count.used ? Value(std::int64_t{count.used->left}) : Value(),
             count.used ? Value(std::int64_t{count.used->used}) : Value(),
             count.used   ? Value(std::int64_t{count.used->unexplained})
             : is_restock ? Value()
                          : Value(before - count.counted),
             closed.by,
             gathered.person(count.node, closed.by),
             closed.witness,
             gathered.person(count.node, closed.witness),
             entry_name(count.node, count.seq)});
    }
}

struct Trace {
    Instant at;
    Row row;
};

std::vector<Trace>
traces_of(store::Reader& reader, const Gathered& gathered, const figures::Scope& scope) {
    std::vector<Trace> traces;
    const auto add = [&](Instant at, Row rest) {
        Row row{
            scope.node,
            gathered.station_of(scope.node, scope.cart),
            scope.cart,
            gathered.cart_name(scope.node, scope.cart),
            at};
        std::ranges::move(rest, std::back_inserter(row));
        traces.push_back({at, std::move(row)});
    };
    const store::Period days{gathered.request.from, gathered.request.to};
    reader.checks_of(scope.node, scope.cart, days, [&](const store::CheckReport& report) {
        const store::ClosedCheck& check = report.check;
        add(check.closed_at,
            {std::string("check"),
             std::string(to_text(check.kind)) + (check.seal.empty() ? "" : ", " + check.seal),
             std::string(to_text(check.readiness)),
             check.closed_by,
             report.closed_by_name,
             entry_name(check.node, check.seq)});
    });
    reader.alerts_of(
        scope.node, scope.cart, gathered.span(), [&](const store::AlertReport& report) {
            const store::AlertStep& step = report.step;
            const std::string name =
                step.need.line.empty() ? report.device_name.zh : report.product_name.zh;
            add(step.at,
                {std::string(to_text(step.step)),
                 (name.empty() ? step.key.subject : name)
                     + (step.need.quantity > 0 ? " × " + std::to_string(step.need.quantity) : ""),
                 std::string(to_text(step.need.severity)),
                 step.by,
                 report.by_name,
                 entry_name(step.entry_node, step.entry_seq)});
        });
    std::ranges::stable_sort(traces, {}, &Trace::at);
    return traces;
}

void tracer_rows(store::Reader& reader, const Gathered& gathered, const RowSink& sink) {
    for (const figures::Scope& scope : gathered.cart_scopes()) {
        for (const Trace& trace : traces_of(reader, gathered, scope)) {
            sink(trace.row);
        }
    }
}

} // namespace

std::vector<Table> event_tables() {
    return {
        {"faults", "未解决问题", fault_columns, fault_rows},
        {"restock", "补齐用时", restock_columns, restock_rows},
        {"controlled", "麻精药品核对", controlled_columns, controlled_rows},
        {"tracer", "追踪表", tracer_columns, tracer_rows}};
}

} // namespace cartwatch::inspection
