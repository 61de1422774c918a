#include "daemon/node/node.hpp"

#include "daemon/crypto/sha256.hpp"
#include "daemon/log/log.hpp"
#include "daemon/node/rebuild_log.hpp"
#include "daemon/readiness/alert_clock.hpp"
#include "scanner/codes/reader.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <random>

#include <unistd.h>

namespace cartwatch::node {

namespace {

using std::chrono::milliseconds;

// Between two checkpoints of the store, and between two tries to record again after a failure.
constexpr milliseconds house_interval{10'000};

// What lies in the carts is worth something else once these are known, though nobody scanned.
bool changes_judgement(const store::Item& item) {
    using namespace readiness;
    return std::holds_alternative<ProductDefined>(item.recorded.event)
           || std::holds_alternative<CartDefined>(item.recorded.event)
           || std::holds_alternative<StockRecorded>(item.recorded.event)
           || std::holds_alternative<PolicyChanged>(item.recorded.event)
           || std::holds_alternative<RecallIssued>(item.recorded.event)
           || std::holds_alternative<RecallWithdrawn>(item.recorded.event)
           || std::holds_alternative<SubstitutionPublished>(item.recorded.event)
           || std::holds_alternative<SubstitutionWithdrawn>(item.recorded.event)
           || std::holds_alternative<DayCorrected>(item.recorded.event);
}

// What lines of a check are blind must not be guessed from the clock: the machine's own randomness.
// 1 to 2^53 − 1, which JSON carries exactly.
std::int64_t random_seed() {
    static std::random_device device;
    std::uniform_int_distribution<std::int64_t> any(1, 9'007'199'254'740'991);
    return any(device);
}

} // namespace

std::filesystem::path store_file(const config::Common& config) {
    return config.state / "cartwatch.db";
}

ledger::Options
ledger_options(const config::Common& config, const Role& role, const clock::Calendar& calendar) {
    ledger::Options options;
    options.node = config.node;
    options.digest = crypto::sha256;
    options.moment = [calendar, block = role.tag_block](const readiness::Policy& policy) {
        readiness::Context context;
        context.now = clock::system_now();
        context.today = calendar.day_of(context.now);
        context.working_day = calendar.working_day_of(context.now, policy.working_day_begins_hour);
        context.shifts = calendar.shifts_at(context.now, policy.shift_hours);
        context.tag_block = block;
        context.seed = random_seed();
        context.uptime = clock::uptime();
        return context;
    };
    options.open_store = [file = store_file(config), self = config.node, pharmacy = role.pharmacy] {
        RebuildLog rebuild_log([] { return std::chrono::steady_clock::now(); }, log::info);
        return std::make_unique<store::Store>(store::Store::open(
            file,
            store::Identity{self, pharmacy},
            store::log_bytes_reserved,
            [&](const store::RebuildProgress& progress) { rebuild_log.hear(progress); }));
    };
    options.broken = [](std::string_view what) { log::error(what); };
    return options;
}

Node::Node(
    boost::asio::io_context& loop, config::Common config, Role role, clock::Calendar calendar)
    : loop_(loop),
      config_(std::move(config)),
      calendar_(std::move(calendar)),
      clock_(loop.get_executor()),
      started_at_(clock::system_now()) {
    std::filesystem::create_directories(config_.state);
    ledger::Options options = ledger_options(config_, role, calendar_);
    options.post = [&loop](std::function<void()> work) {
        boost::asio::post(loop, std::move(work));
    };
    ledger_ = std::make_unique<ledger::Ledger>(std::move(options));
}

namespace {

Result<std::vector<readiness::Recorded>>
changes_of_policy(ledger::Ledger& ledger, std::string_view node, std::size_t most) {
    if (ledger.store() == nullptr) {
        return refused(ErrorCode::unavailable, "the store cannot be read now");
    }
    std::vector<readiness::Recorded> changes;
    for (const journal::Entry& entry : ledger.store()->policy_changes(node, most)) {
        auto recorded = journal::to_recorded(entry);
        if (!recorded) {
            return tl::make_unexpected(recorded.error());
        }
        changes.push_back(std::move(*recorded));
    }
    return changes;
}

} // namespace

void Node::fill_in(web::Service& service) {
    ledger::Ledger& ledger = *ledger_;
    service.state = [&ledger]() -> const readiness::State& { return ledger.state(); };
    service.moment = [this] {
        // With the clock set back, pages judge on the latest day that was known.
        readiness::Context moment = ledger_->moment();
        const readiness::AsOf known =
            latest_day(node_of(ledger_->state(), config_.node), moment.as_of());
        moment.today = known.day;
        moment.shifts = known.shifts;
        return moment;
    };
    service.clock_day = [&ledger] { return ledger.moment().today; };
    service.session_of = [&ledger](std::string_view station) { return ledger.session_of(station); };
    service.last_reply_of = [&ledger](std::string_view station) {
        return ledger.last_reply_of(station);
    };
    service.recording = [&ledger] { return ledger.recording(); };
    service.policy_changes = [&ledger](std::string_view node, std::size_t most) {
        return changes_of_policy(ledger, node, most);
    };
    service.submit = [&ledger](web::Submission submission, web::ReplyDone done) {
        ledger::RequestName name;
        if (!submission.request.empty()) {
            name = {"http " + submission.request, std::move(submission.fingerprint)};
        }
        ledger.submit(
            std::move(submission.station),
            std::move(submission.command),
            std::move(done),
            std::move(name));
    };
    service.answered = [&ledger](const std::string& request, const std::string& fingerprint) {
        return ledger.answered({"http " + request, fingerprint});
    };
    service.parse = [&ledger](std::string_view text) {
        codes::ReadOptions options;
        options.as_of = ledger.moment().today;
        return codes::read(text, options);
    };
    service.parse_symbol = [&ledger](std::string_view text) {
        codes::ReadOptions options;
        options.as_of = ledger.moment().today;
        options.scanner.sends_separators = true;
        return codes::read(text, options);
    };
    service.figures = [this] {
        web::Figures figures;
        for (const auto& [node, head] : ledger_->heads()) {
            figures.entries += head.seq;
        }
        figures.commits = ledger_->counters().commits;
        figures.scans_by_verdict = ledger_->counters().scans_by_verdict;
        figures.started_at = started_at_;
        return figures;
    };
    service.run = to_text(started_at_) + " " + std::to_string(::getpid());
    service.broken = [](std::string_view what) { log::error(what); };
}

void Node::start(web::Service service) {
    fill_in(service);
    web::ServerOptions options;
    options.address = config_.web.address;
    options.port = static_cast<std::uint16_t>(config_.web.port);
    options.pages = config_.pages;
    options.guard.hosts = config_.web.hosts;
    web_ = std::make_unique<web::Server>(
        loop_.get_executor(), clock_, std::move(service), std::move(options), on_failure());
    web_->run();
    watch_alerts();
    ledger_->observe([this](std::span<const store::Item> items) {
        web_->changed({});
        alert_watch_->look();
        watch_rest();
        if (std::any_of(items.begin(), items.end(), changes_judgement)) {
            judge_carts();
        }
    });
    log::info(
        config_.node + ": pages on http://" + config_.web.address + ":"
        + std::to_string(web_->port()));
    judge_carts();
    watch_calendar();
    keep_house();
}

void Node::judge_carts() {
    if (!ledger_->writing() || !may_judge_()) {
        return;
    }
    ledger_->submit("", readiness::JudgeDay{}, [](const Result<readiness::Reply>& reply) {
        if (!reply) {
            log::error("the calendar could not judge: " + reply.error().text);
        } else if (reply->message == "clock_went_back") {
            log::error(
                "this machine's clock went back to " + reply->values.at("day") + " from "
                + reply->values.at("last") + "; mend it");
        }
    });
}

// Judges again at midnight, and whenever the day is found to be another one.
void Node::watch_calendar() {
    CalendarDuties duties;
    duties.last_judged = [this] { return node_of(ledger_->state(), config_.node).last_judged; };
    duties.judge = [this] { judge_carts(); };
    duties.looked = [this] {
        alert_watch_->look(); // a clock that was set is noticed here
        watch_shift();
    };
    calendar_watch_ = std::make_unique<CalendarWatch>(clock_, calendar_, std::move(duties));
    calendar_watch_->look();
}

void Node::watch_alerts() {
    AlertDuties duties;
    duties.next = [this](Instant now) {
        return ledger_->writing() && may_judge_() ? readiness::next_run_out(ledger_->state(), now)
                                                  : std::nullopt;
    };
    duties.judge = [this](std::function<void(bool)> done) {
        ledger_->submit(
            "",
            readiness::JudgeClock{},
            [done = std::move(done)](const Result<readiness::Reply>& reply) {
                if (!reply) {
                    log::error("the clocks of alerts could not be judged: " + reply.error().text);
                }
                done(reply && reply->values.at("escalated") != "0");
            });
    };
    alert_watch_ = std::make_unique<AlertWatch>(clock_, std::move(duties));
}

// Pages show what is owed in this shift, and what was not done in the last one.
void Node::watch_shift() {
    const std::optional<Shifts> shifts = ledger_->moment().shifts;
    if (shifts != shifts_shown_) {
        shifts_shown_ = shifts;
        web_->changed({});
    }
}

// Pages show what a session gave up when it rested; nobody scans then, so nothing else tells them.
void Node::watch_rest() {
    rest_alarm_.cancel();
    if (const auto wait = ledger_->next_rest()) {
        rest_alarm_ = clock_.after(*wait, [this] {
            web_->changed({});
            watch_rest();
        });
    }
}

void Node::keep_house() {
    if (!ledger_->try_to_recover()) {
        log::error("nothing is recorded: the store could not be opened again");
    } else {
        ledger_->checkpoint();
    }
    house_alarm_ = clock_.after(house_interval, [this] { keep_house(); });
}

void Node::look_again() {
    judge_carts();
    alert_watch_->look();
    web_->changed({});
}

void Node::stop() {
    calendar_watch_.reset();
    if (alert_watch_) {
        alert_watch_->stop();
    }
    rest_alarm_.cancel();
    house_alarm_.cancel();
    if (web_) {
        web_->stop();
    }
}

void Node::fail(std::string_view name, std::string_view what) {
    log::error(std::string(name) + ": " + std::string(what));
    status_ = 3;
    loop_.stop();
}

loop::OnFailure Node::on_failure() {
    return [this](std::string_view name, const std::exception_ptr& failure) {
        fail(name, loop::text_of(failure));
    };
}

} // namespace cartwatch::node
