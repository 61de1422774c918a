// What the ward's and the pharmacy's programs have in common: the ledger over its store, the
// calendar that judges without anybody scanning, and the web pages. It decides nothing itself.
#pragma once

#include "daemon/clock/calendar.hpp"
#include "daemon/config/config.hpp"
#include "daemon/ledger/ledger.hpp"
#include "daemon/loop/clock.hpp"
#include "daemon/loop/task.hpp"
#include "daemon/node/alert_watch.hpp"
#include "daemon/node/calendar_watch.hpp"
#include "daemon/web/server.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace cartwatch::node {

struct Role {
    web::NodeRole role = web::NodeRole::ward;
    std::string pharmacy; // the pharmacy's node name
    int tag_block = 0;
};

// "<state>/cartwatch.db"
[[nodiscard]] std::filesystem::path store_file(const config::Common& config);

// What the programs hand to the ledger: used by the daemons and by commands that work on a store
// without one.
[[nodiscard]] ledger::Options
ledger_options(const config::Common& config, const Role& role, const clock::Calendar& calendar);

class Node {
public:
    // Opens the store; throws where it cannot. `service` comes with what the program adds; the rest
    // is filled in here.
    Node(boost::asio::io_context& loop, config::Common config, Role role, clock::Calendar calendar);

    // Listens for pages and starts the calendar.
    void start(web::Service service);

    void stop();

    // While it says no, calendar and clocks record nothing; then look_again is due.
    void judge_while(std::function<bool()> may_judge) {
        may_judge_ = std::move(may_judge);
    }

    // What was held back is judged now, and shown.
    void look_again();

    [[nodiscard]] ledger::Ledger& ledger() {
        return *ledger_;
    }

    [[nodiscard]] web::Server& web() {
        return *web_;
    }

    // A failure of the machine or the program: logged; the process ends with status 3.
    void fail(std::string_view name, std::string_view what);

    [[nodiscard]] loop::OnFailure on_failure();

    [[nodiscard]] int status() const {
        return status_;
    }

private:
    void fill_in(web::Service& service);
    void judge_carts();
    void watch_calendar();
    void watch_alerts();
    void watch_rest();
    void watch_shift();
    void keep_house();

    boost::asio::io_context& loop_;
    config::Common config_;
    clock::Calendar calendar_;
    loop::SystemClock clock_;
    std::unique_ptr<ledger::Ledger> ledger_;
    std::unique_ptr<web::Server> web_;
    std::unique_ptr<CalendarWatch> calendar_watch_;
    std::unique_ptr<AlertWatch> alert_watch_;
    loop::Alarm rest_alarm_;
    loop::Alarm house_alarm_;
    std::optional<Shifts> shifts_shown_;
    Instant started_at_;
    std::function<bool()> may_judge_ = [] { return true; };
    int status_ = 0;
};

} // namespace cartwatch::node
