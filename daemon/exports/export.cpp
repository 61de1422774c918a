#include "daemon/exports/export.hpp"

#include "daemon/exports/due_rows.hpp"
#include "daemon/exports/expiry_rows.hpp"
#include "daemon/exports/staff_rows.hpp"
#include "scanner/values/text.hpp"

#include <array>

namespace cartwatch::exports {

using reports::Column;
using reports::Value;
using store::Question;

namespace {

// Far enough on both sides for every day that a journal can hold.
const Day first_day = *make_day(1970, 1, 1);
const Day last_day = *make_day(9999, 12, 31);

struct Names {
    std::string_view what;
    std::string_view title;
    Question question;
};

constexpr std::array<Names, 10> questions = {{
    {"checks", "检查记录", Question::checks},
    {"findings", "检查问题", Question::findings},
    {"alerts", "缺货告警", Question::alerts},
    {"stock", "现有库存", Question::stock},
    {"readiness", "完好记录", Question::readiness},
    {"seals", "封条台账", Question::seals},
    {"staff", "人员工作", Question::staff},
    {"expiry", "到期预测", Question::expiry},
    {"rotation", "效期调配", Question::rotation},
    {"dues", "应做检查", Question::dues},
}};

const std::vector<Column> check_columns = {
    {"node", "病区节点", "the ward's node"},
    {"check", "检查编号", "number of the check, unique in the hospital"},
    {"cart", "车号", "the cart's id"},
    {"cart_name", "车名", "the cart's name now"},
    {"station", "站点", "the station responsible then"},
    {"working_day", "工作日", "the working day that the check counts for"},
    {"opened_at", "开始时间", "UTC"},
    {"opened_by", "开始人工号", "staff id"},
    {"closed_at", "签名时间", "UTC"},
    {"closed_by", "签名人工号", "staff id"},
    {"closed_by_name", "签名人", "name of who signed"},
    {"duration_s", "用时（秒）", "from opening to signature"},
    {"readiness", "结论", "ready, degraded, overdue or not_ready"},
    {"in_order", "完好项", "lines and devices in full order"},
    {"required", "应有项", "lines and devices required"},
    {"ready_until", "备用至", "last day on which the cart stays ready untouched"},
    {"not_scanned", "未扫项", "lines and devices without a step, called missing at the signature"},
    {"undone", "撤销数", "steps taken back"},
    {"parked", "待认领码", "codes that nothing had"},
    {"seal", "封条号", "number of the seal put on, or checked"},
    {"kind", "检查类型", "full, sealed, after_use or handover"},
    {"witness", "第二人工号", "staff id of the second badge; empty: none was asked for"},
    {"remarks",
     "备注",
     "how it was done: pace (seconds), same_label (times), list_order (checks in a row)"},
    {"voided",
     "不计入统计",
     "yes: it counts for no figure, as its day never was (the clock was put right later) or its "
     "cart "
     "is retired; or no"},
};

const std::vector<Column> finding_columns = {
    {"node", "病区节点", "the ward's node"},
    {"check", "检查编号", "number of the check"},
    {"cart", "车号", "the cart's id"},
    {"cart_name", "车名", "the cart's name now"},
    {"station", "站点", "the station responsible then"},
    {"working_day", "工作日", "the working day of the check"},
    {"closed_at", "签名时间", "UTC"},
    {"kind", "问题", "which rule found it: see schema/evaluate.md"},
    {"severity", "等级", "critical, high, normal or notice"},
    {"subject", "行/设备", "id of the line or device; empty: the cart's own"},
    {"name", "名称", "of the product or device"},
    {"strength", "规格", "of the product"},
    {"accessory", "附件", "id of the accessory"},
    {"lot", "批号", "of the holding"},
    {"quantity", "数量", "units short, over, or to take out"},
    {"recalled", "召回", "units short because recalled"},
    {"expired", "过期", "units short because expired"},
    {"damaged", "破损", "units short because damaged"},
    {"absent", "缺少", "units short because absent"},
    {"last_usable_day", "有效期至", "last usable day"},
    {"days_left", "剩余天数", "from the day of the check to the last usable day"},
};

const std::vector<Column> alert_columns = {
    {"node", "病区节点", "the ward's node"},
    {"cart", "车号", "the cart's id"},
    {"cart_name", "车名", "the cart's name now"},
    {"station", "站点", "the station responsible"},
    {"subject", "行/设备", "id of the line or device"},
    {"name", "名称", "of the product or device"},
    {"strength", "规格", "of the product"},
    {"episode", "次序", "which alert of this line or device, from 1"},
    {"step",
     "步骤",
     "raised, changed, accepted, handed_back, dispatched, silenced, escalated, resolved or "
     "withdrawn"},
    {"at", "时间", "UTC"},
    {"by", "工号", "staff id, or system"},
    {"by_name", "姓名", "who took the step"},
    {"state", "状态", "after the step"},
    {"severity", "等级", "critical, high, normal or notice"},
    {"quantity", "需要数量", "units needed; 0 for a device"},
    {"recalled", "召回", "units short because recalled"},
    {"expired", "过期", "units short because expired"},
    {"damaged", "破损", "units short because damaged"},
    {"absent", "缺少", "units short because absent"},
    {"kinds", "原因", "the findings behind it"},
    {"raised_at", "告警时间", "UTC"},
    {"expected_at", "预计送达", "UTC, as the pharmacy said"},
};

const std::vector<Column> stock_columns = {
    {"node", "病区节点", "the ward's node"},
    {"station", "站点", "the station responsible"},
    {"cart", "车号", "the cart's id"},
    {"cart_name", "车名", "the cart's name"},
    {"line", "行号", "id of the line"},
    {"position", "位置", "where in the cart"},
    {"product", "品目编号", "id of the product"},
    {"name", "名称", "of the product"},
    {"strength", "规格", "of the product"},
    {"unit", "单位", "of the product"},
    {"par", "基数", "par level of the line"},
    {"critical", "急救必备", "yes or no"},
    {"lot", "批号", "of the holding"},
    {"last_usable_day", "有效期至", "last usable day; empty: does not expire"},
    {"quantity", "数量", "units in the cart, damaged ones included"},
    {"damaged", "破损", "units damaged"},
    {"evidence", "依据", "how it is known now: scanned, slot, typed or sealed"},
    {"seen_at", "最近核实", "UTC"},
    {"goods_evidence",
     "实物依据",
     "how the goods themselves were known last: scanned, slot or typed"},
    {"goods_seen_at", "实物核实", "UTC"},
};

const std::vector<Column> readiness_columns = {
    {"node", "病区节点", "the ward's node"},
    {"cart", "车号", "the cart's id"},
    {"cart_name", "车名", "the cart's name now"},
    {"station", "站点", "the station responsible then"},
    {"station_name", "站点名", "its name"},
    {"check", "检查编号", "number of the check"},
    {"working_day", "工作日", "the working day that the check counts for"},
    {"closed_at", "签名时间", "UTC"},
    {"readiness", "结论", "ready, degraded, overdue or not_ready"},
    {"in_order", "完好项", "lines and devices in full order"},
    {"required", "应有项", "lines and devices required"},
    {"ready_until", "备用至", "last day on which the cart stays ready untouched"},
};

const std::vector<Column> seal_columns = {
    {"node", "病区节点", "the ward's node"},
    {"station", "站点", "the station it was issued to; empty: seen, never issued"},
    {"number", "封条号", "as it bears it; used once"},
    {"state", "状态", "issued, on_cart, broken or voided"},
    {"gap", "缺号", "yes: still in stock although a later one of the station was used"},
    {"issued_at", "登记时间", "UTC"},
    {"issued_by", "登记人工号", "staff id"},
    {"cart", "车号", "the cart that it was put on"},
    {"put_on_at", "封车时间", "UTC"},
    {"put_on_by", "封车人工号", "staff id"},
    {"put_on_check", "检查编号", "the check that closed the cart with it"},
    {"ended_at", "打开或作废时间", "UTC"},
    {"ended_by", "打开或作废人工号", "staff id"},
    {"how", "打开原因", "for_check, emergency, mistake or unexplained"},
    {"reason", "作废原因", "of a voided one"},
};

Value optional_day(const std::optional<Day>& day) {
    return day ? Value(*day) : Value();
}

Value optional_instant(const std::optional<Instant>& instant) {
    return instant ? Value(*instant) : Value();
}

Value number(std::int64_t value) {
    return value;
}

Value optional_number(const std::optional<int>& value) {
    return value ? Value(std::int64_t{*value}) : Value();
}

Value word(std::string_view text) {
    return std::string(text);
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "" : " ") + part;
    }
    return text;
}

std::string_view text_of(readiness::Evidence evidence) {
    static constexpr std::array<std::string_view, 4> names = {"scanned", "slot", "typed", "sealed"};
    return names.at(static_cast<std::size_t>(evidence));
}

std::string remarks_text(const std::vector<readiness::Remark>& remarks) {
    std::vector<std::string> parts;
    for (const readiness::Remark& remark : remarks) {
        parts.push_back(std::string(to_text(remark.kind)) + "=" + std::to_string(remark.value));
    }
    return joined(parts);
}

std::vector<Value> row_of(const store::SealReport& report) {
    const readiness::SealRecord& seal = report.line.record;
    const bool broken = seal.state == readiness::SealState::broken;
    return {
        report.node,
        seal.station,
        report.line.number,
        word(to_text(seal.state)),
        word(report.line.gap ? "yes" : "no"),
        optional_instant(seal.issued_at),
        seal.issued_by,
        seal.cart,
        optional_instant(seal.put_on_at),
        seal.put_on_by,
        seal.put_on_check,
        optional_instant(seal.ended_at),
        seal.ended_by,
        word(broken ? to_text(seal.how) : std::string_view()),
        seal.reason};
}

std::vector<Value> row_of(const store::CheckReport& report) {
    const store::ClosedCheck& check = report.check;
    return {
        check.node,
        check.id,
        check.cart,
        report.cart_name.zh,
        check.station,
        check.working_day,
        check.opened_at,
        check.opened_by,
        check.closed_at,
        check.closed_by,
        report.closed_by_name,
        number(check.duration_ms / 1'000),
        word(to_text(check.readiness)),
        number(check.in_order),
        number(check.required),
        optional_day(check.ready_until),
        joined(check.not_scanned),
        number(check.undone),
        number(check.parked),
        check.seal,
        word(to_text(check.kind)),
        check.witness,
        remarks_text(check.remarks),
        word(check.voided ? "yes" : "no")};
}

std::vector<Value> row_of(const store::FindingReport& report) {
    const readiness::Finding& finding = report.found.finding;
    const readiness::Reasons reasons = finding.reasons.value_or(readiness::Reasons{});
    const bool of_line = !finding.line.empty();
    return {
        report.node,
        report.check,
        report.cart,
        report.cart_name.zh,
        report.station,
        report.working_day,
        report.closed_at,
        word(to_text(finding.kind)),
        word(to_text(finding.severity)),
        of_line ? finding.line : finding.device,
        of_line ? report.product_name.zh : report.device_name.zh,
        report.strength,
        finding.accessory,
        finding.lot ? Value(*finding.lot) : Value(),
        optional_number(finding.quantity),
        number(reasons.recalled),
        number(reasons.expired),
        number(reasons.damaged),
        number(reasons.absent),
        optional_day(finding.last_usable_day),
        optional_number(finding.days_left)};
}

std::vector<Value> row_of(const store::AlertReport& report) {
    const store::AlertStep& step = report.step;
    std::vector<std::string> kinds;
    for (const readiness::FindingKind kind : step.need.kinds) {
        kinds.emplace_back(to_text(kind));
    }
    return {
        step.node,
        step.key.cart,
        report.cart_name.zh,
        report.station,
        step.key.subject,
        step.need.line.empty() ? report.device_name.zh : report.product_name.zh,
        report.strength,
        number(step.episode),
        word(to_text(step.step)),
        step.at,
        step.by,
        report.by_name,
        word(to_text(step.state)),
        word(to_text(step.need.severity)),
        number(step.need.quantity),
        number(step.need.reasons.recalled),
        number(step.need.reasons.expired),
        number(step.need.reasons.damaged),
        number(step.need.reasons.absent),
        joined(kinds),
        step.raised_at,
        optional_instant(step.expected_at)};
}

std::vector<Value> row_of(const store::StockReport& report) {
    std::vector<Value> row = {
        report.node,
        report.station,
        report.cart,
        report.cart_name.zh,
        report.line.id,
        report.line.position,
        report.line.product,
        report.product_name.zh,
        report.strength,
        report.unit,
        number(report.line.par),
        word(report.line.critical ? "yes" : "no")};
    if (!report.holding) {
        row.resize(stock_columns.size());
        row[14] = number(0);
        return row;
    }
    row.emplace_back(report.holding->lot);
    row.push_back(optional_day(report.holding->last_usable_day));
    row.push_back(number(report.holding->quantity));
    row.push_back(number(report.holding->damaged));
    const readiness::Proof proof = proof_of(*report.holding);
    row.push_back(word(text_of(proof.evidence)));
    row.push_back(optional_instant(proof.at));
    row.push_back(word(text_of(report.holding->evidence)));
    row.push_back(optional_instant(report.holding->seen_at));
    return row;
}

std::vector<Value> row_of(const store::ReadinessReport& report) {
    return {
        report.node,
        report.cart,
        report.cart_name.zh,
        report.station,
        report.station_name.zh,
        report.check,
        report.working_day,
        report.closed_at,
        word(to_text(report.readiness)),
        number(report.in_order),
        number(report.required),
        optional_day(report.ready_until)};
}

} // namespace

std::optional<Question> question_of(std::string_view what) {
    for (const Names& names : questions) {
        if (names.what == what) {
            return names.question;
        }
    }
    return std::nullopt;
}

std::string_view title_of(Question question) {
    return questions.at(static_cast<std::size_t>(question)).title;
}

const std::vector<Column>& columns_of(Question question) {
    static const std::array<const std::vector<Column>*, 10> columns = {
        &check_columns,
        &finding_columns,
        &alert_columns,
        &stock_columns,
        &readiness_columns,
        &seal_columns,
        &staff_columns(),
        &expiry_columns(),
        &rotation_columns(),
        &due_columns()};
    return *columns.at(static_cast<std::size_t>(question));
}

void for_each_row(
    store::Reader& reader, Question question, const Range& range, const RowSink& sink) {
    const auto send = [&](const auto& report) { sink(row_of(report)); };
    const store::Period period{range.from.value_or(first_day), range.to.value_or(last_day)};
    switch (question) {
    case Question::checks:
        reader.checks(period, send);
        break;
    case Question::findings:
        reader.findings(period, send);
        break;
    case Question::alerts:
        reader.alerts(
            {range.begin_of(period.from),
             range.begin_of(
                 std::min(period.to, last_day - std::chrono::days{1}) + std::chrono::days{1})},
            send);
        break;
    case Question::stock:
        reader.stock(send);
        break;
    case Question::readiness:
        reader.readiness(period, send);
        break;
    case Question::seals:
        reader.seals(send);
        break;
    case Question::staff:
        for_each_staff_row(reader, period, range, sink);
        break;
    case Question::expiry:
        for_each_expiry_row(reader, range, sink);
        break;
    case Question::rotation:
        for_each_rotation_row(reader, range, sink);
        break;
    case Question::dues:
        for_each_due_row(reader, range, sink);
        break;
    }
}

} // namespace cartwatch::exports
