// A ward and a pharmacy of the test kit on free ports of loopback, for clients in other languages:
// prints {"ward":port,"pharmacy":port} and serves until its standard input ends.
#include "daemon/web/server.hpp"
#include "tests/daemon/web/web_kit.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <array>
#include <iostream>

#include <unistd.h>

namespace {

using namespace cartwatch;
using namespace cartwatch::web;
using namespace cartwatch::readiness;

// A station's stock of seals with one of everything, and a policy that was changed once.
void add_files(FakeProgram& program) {
    const auto seal = [&](const std::string& number, SealState state) {
        SealRecord record;
        record.station = "OR";
        record.state = state;
        record.issued_at = instant("2026-11-01T02:00:00.000Z");
        record.issued_by = "N012";
        program.state.nodes["ward-1"].seals[number] = record;
    };
    seal("101", SealState::issued);
    seal("102", SealState::on_cart);
    seal("103", SealState::voided);
    seal("104", SealState::issued);
    program.state.nodes["ward-1"].seals["103"].reason = "torn";
    program.state.nodes["ward-1"].seals["999"].state = SealState::on_cart;
    Recorded changed;
    changed.node = "pharmacy";
    changed.seq = 3;
    changed.at = instant("2026-11-01T02:00:00.000Z");
    changed.actor = "P001";
    changed.event = PolicyChanged{Policy{}};
    program.state.nodes["pharmacy"].policy = Policy{};
    program.policy_changes = std::vector{changed};
}

// One kind and one paper; what a store gives is tested with real daemons.
void add_labels(FakeProgram& program) {
    program.label_offer = std::string(
        R"({"kinds":[{"what":"carts","count":1,"left_out":0,"paper":"a4-24"}],)"
        R"("papers":[{"name":"roll-50x30","roll":true,"page_width":50,"page_height":30,)"
        R"("columns":1,"rows":1,"width":50,"height":30,"left":0,"top":0,"step_x":50,)"
        R"("step_y":30}],)"
        R"("limits":{"page_side_min":20,"page_side_max":420,"sheet_width":210,)"
        R"("sheet_height":297,"label_width_min":30,"label_height_min":20,)"
        R"("bars_label_height_min":28,"columns_max":20,"rows_max":40,"offset_max":5,)"
        R"("offset_step":0.5,"margin":2,"labels_max":10000,"zpl_labels_max":1000,)"
        R"("only_max":120}})");
    program.label_things =
        std::string(R"({"labels":[{"id":"OR-1","cart":"","code":"9000100017","zh":"手术室急救车",)"
                    R"("en":"Theatre cart","detail":"OR-1","place":"手术室"}],"left_out":[]})");
}

// A past in which nothing happened; what a full one looks like is tested with real daemons.
void add_past(FakeProgram& program) {
    program.history = std::string(
        R"({"from":"2026-08-30","to":"2026-11-22","today":"2026-11-22",)"
        R"("now":"2026-11-22T02:06:39.123Z","interval_days":7,"carts":[],"more_carts":false,)"
        R"("waits":{"to_accept":{},"to_restock":{}},"stations":[],"pharmacy":"pharmacy","journals":[],)"
        R"("forecast":[],"more_forecast":false,)"
        R"("alerts":[],"more_alerts":false})");
    program.history_figures = std::string(
        R"({"from":"2026-08-30","to":"2026-11-22","overrides_goal":2.0,"overrides_limit":5.0,)"
        R"("carts":[{"node":"ward-1","cart":"OR-1","ready_s":3600,)"
        R"("total_s":7200,"lines":3,"typed":1,"skipped":0}]})");
    program.expiry = std::string(
        R"({"today":"2026-11-22","expired":1,)"
        R"("months":[{"month":"2026-11","lots":2,"units":7,"unused":5}],"horizon_days":180,)"
        R"("use_days":365,"unused":5,"saved":5,"swaps":[{"product":"epinephrine-1mg",)"
        R"("name":{"zh":"","en":""},"strength":"1 mg","unit":"","units":5,"controlled":false,)"
        R"("from":{"node":"ward-1","cart":"OR-1","cart_name":{"zh":"","en":""},"position":"1",)"
        R"("lot":"A","last_usable_day":"2027-02-01"},)"
        R"("to":{"node":"ward-2","cart":"ED-1","cart_name":{"zh":"","en":""},"position":"2",)"
        R"("lot":"B","last_usable_day":"2028-02-01"},"used":30}],"more_swaps":false})");
    program.check_record = std::string(
        R"({"id":"ward-1/1","kind":"full","working_day":"2026-11-22",)"
        R"("opened_at":"2026-11-22T02:00:00.000Z","closed_at":"2026-11-22T02:06:00.000Z",)"
        R"("by":"N012","witness":null,"readiness":"ready","in_order":3,"required":3,)"
        R"("ready_until":"2026-11-28","not_scanned":0,"undone":0,"parked":0,"seal":null,"voided":true,)"
        R"("node":"ward-1","cart":"OR-1","cart_name":{"zh":"","en":""},)"
        R"("station":{"zh":"","en":""},"lines":[],"lines_of":null,"findings":[],"steps":[],"steps_whole":true,)"
        R"("now":"2026-11-22T02:06:39.123Z","journal":{"node":"ward-1","first":6,"last":14,)"
        R"("hash":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}})");
}

// One of everything that a view can show.
FakeProgram busy_ward() {
    FakeProgram program;
    Cart& cart = program.state.nodes["ward-1"].carts["OR-1"];
    cart.devices[0].accessories[0].last_usable_day = day("2026-11-21");
    open_check(
        program.state,
        {counted("epi", "A1", "2026-12-01", 4),
         counted("epi", "A0", "2026-11-01", 1),
         HoldingTakenOut{"epi", "A0", 1},
         LineMissing{"norepi"},
         DeviceTested{"defib", false},
         CodeParked{"\xffparked"},
         ScanNoted{"raw", "unreadable", ""},
         SealRead{"0457723"}});
    program.session.staff = "N012";
    program.session.cart = "OR-1";
    program.session.check = "ward-1/1";
    program.session.line = "epi";
    program.session.line_product = "epi";
    program.link = {LinkState::connected, 3, instant("2026-11-22T02:00:00.000Z"), 7};
    Reply reply;
    reply.kind = ReplyKind::attention;
    reply.message = "near_expiry";
    reply.verdict = Verdict::near_expiry;
    reply.values = {{"lot", "A1"}};
    reply.line = "epi";
    reply.lot = "A1";
    reply.last_usable_day = day("2026-12-01");
    reply.step = 1;
    program.last = reply;
    program.reply = reply;
    program.symbols = std::vector<codes::Reading>{reading_of("one")};
    program.export_parts = {"id\r\n", "1\r\n"};
    add_files(program);
    add_past(program);
    add_labels(program);
    return program;
}

FakeProgram busy_pharmacy() {
    FakeProgram program = FakeProgram::of_pharmacy();
    Alert accepted = program.state.nodes["ward-1"].alerts[{"OR-1", "epi"}];
    accepted.key.subject = "defib";
    accepted.need.line.clear();
    accepted.need.device = "defib";
    accepted.state = AlertState::accepted;
    accepted.accepted_by = "P001";
    accepted.accepted_at = instant("2026-11-22T02:00:00.000Z");
    accepted.expected_at = instant("2026-11-22T03:00:00.000Z");
    program.state.nodes["ward-1"].alerts[accepted.key] = accepted;
    Alert sent = accepted;
    sent.key.subject = "norepi";
    sent.need.line = "norepi";
    sent.need.device.clear();
    sent.need.quantity = 2;
    sent.state = AlertState::dispatched;
    sent.dispatched = {{"N2", day("2028-01-31"), 1, {"S1"}}, {"", std::nullopt, 1, {}}};
    sent.dispatched.back().product = "epi";
    sent.dispatched_by = "P001";
    sent.dispatched_at = instant("2026-11-22T02:01:00.000Z");
    sent.short_reason = "stock-out";
    sent.silence = Silence{"P001", "stock-out", instant("2026-11-25T02:01:00.000Z")};
    sent.escalated = {{Escalation::not_restocked, instant("2026-11-22T02:02:00.000Z")}};
    program.state.nodes["ward-1"].alerts[sent.key] = sent;
    program.session.staff = "P001";
    program.wards = {
        {"ward-1", true, instant("2026-11-22T02:06:00.000Z"), std::nullopt, 12},
        {"ward-2", false, std::nullopt, std::nullopt, 0}};
    add_files(program);
    add_past(program);
    add_labels(program);
    return program;
}

void fail(std::string_view name, const std::exception_ptr& failure) {
    std::cerr << name << ": " << loop::text_of(failure) << '\n';
    std::_Exit(3);
}

} // namespace

int main() {
    boost::asio::io_context context;
    loop::SystemClock clock(context.get_executor());
    FakeProgram ward = busy_ward();
    FakeProgram pharmacy = busy_pharmacy();
    Server ward_server(context.get_executor(), clock, ward.service(), ServerOptions(), fail);
    Server pharmacy_server(
        context.get_executor(), clock, pharmacy.service(), ServerOptions(), fail);
    ward_server.run();
    pharmacy_server.run();
    std::cout << "{\"ward\":" << ward_server.port() << ",\"pharmacy\":" << pharmacy_server.port()
              << "}" << std::endl;

    boost::asio::posix::stream_descriptor input(context, dup(STDIN_FILENO));
    std::array<char, 1> byte{};
    input.async_read_some(
        boost::asio::buffer(byte), [&](const boost::system::error_code&, std::size_t) {
            ward_server.stop();
            pharmacy_server.stop();
        });
    context.run();
    return 0;
}
