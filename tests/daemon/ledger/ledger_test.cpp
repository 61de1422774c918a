#include "daemon/crypto/sha256.hpp"
#include "daemon/ledger/ledger.hpp"
#include "daemon/readiness/limits.hpp"
#include "scanner/codes/reader.hpp"
#include "tests/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <deque>
#include <filesystem>

#include <sys/resource.h>

namespace cartwatch::ledger_test {

using namespace cartwatch::readiness;
using ledger::Ledger;
using ledger::RequestName;

namespace {

const Day today = *parse_day("2026-11-22");

// A ledger over a real store in a folder of its own. Work waits until `turn`, as on an event loop.
class Bench {
public:
    explicit Bench(std::string node = "ward-1") : node_(std::move(node)) {
        open();
    }

    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;
    Bench(Bench&&) = delete;
    Bench& operator=(Bench&&) = delete;

    // As after a power cut: nothing but the file is left.
    void open() {
        ledger_.reset();
        work_.clear();
        ledger::Options options;
        options.node = node_;
        options.digest = crypto::sha256;
        options.moment = [this](const Policy&) {
            Context context;
            context.now = Instant{today} + std::chrono::hours{4} + std::chrono::seconds{++seconds_};
            context.today = today;
            context.working_day = today;
            context.tag_block = 1;
            context.uptime = uptime;
            return context;
        };
        options.post = [this](std::function<void()> work) { work_.push_back(std::move(work)); };
        options.open_store = [this] {
            return std::make_unique<store::Store>(
                store::Store::open(folder_ / "cartwatch.db", {node_, "pharmacy"}));
        };
        options.broken = [this](std::string_view what) { broken_ = what; };
        ledger_ = std::make_unique<Ledger>(std::move(options));
    }

    void turn() {
        while (!work_.empty()) {
            const auto work = std::move(work_.front());
            work_.pop_front();
            work();
        }
    }

    Result<Reply> run(Command command, const std::string& station = "OR", RequestName name = {}) {
        std::optional<Result<Reply>> answer;
        ledger_->submit(
            station,
            std::move(command),
            [&](Result<Reply> reply) { answer = std::move(reply); },
            std::move(name));
        REQUIRE_FALSE(answer); // never before it returns
        turn();
        REQUIRE(answer);
        return *answer;
    }

    Result<Reply> scan(const std::string& text) {
        codes::ReadOptions options;
        options.as_of = today;
        return run(Scan{codes::read(text, options), false});
    }

    Result<void> receive(std::vector<journal::Entry> entries) {
        std::optional<Result<void>> answer;
        ledger_->receive(
            std::move(entries), [&](Result<void> taken) { answer = std::move(taken); });
        turn();
        REQUIRE(answer);
        return *answer;
    }

    // A cart with one line and people who may check it.
    void furnish() {
        Define define;
        define.actor = "system";
        Station station;
        station.id = "OR";
        station.name.zh = "手术室";
        Product product;
        product.id = "epi";
        product.name.zh = "肾上腺素";
        product.unit = "支";
        product.identifiers = {{IdentifierKind::gtin, "09521000000100"}};
        Staff nurse;
        nurse.id = "N1";
        nurse.name = "张敏";
        nurse.badge = codes::own_tag(codes::TagType::staff, 1);
        Line line;
        line.id = "epi";
        line.product = "epi";
        line.par = 5;
        Cart cart;
        cart.id = "OR-1";
        cart.name.zh = "抢救车";
        cart.station = "OR";
        cart.lines = {line};
        define.events = {
            StationDefined{station},
            ProductDefined{product},
            StaffDefined{nurse},
            CartDefined{cart}};
        const auto reply = run(std::move(define), "");
        REQUIRE(reply);
        REQUIRE(reply->message == "defined");
    }

    void open_check() {
        REQUIRE(scan(codes::own_tag(codes::TagType::staff, 1)));
        const auto opened = scan(node_of(ledger_->state(), node_).carts.at("OR-1").tag);
        REQUIRE(opened->message == "check_opened");
    }

    Ledger& operator*() {
        return *ledger_;
    }

    Ledger* operator->() {
        return ledger_.get();
    }

    std::string broken_;
    std::chrono::milliseconds uptime{0}; // of the machine

private:
    std::string node_;
    support::TemporaryFolder folder_; // outlives the ledger
    std::deque<std::function<void()>> work_;
    std::unique_ptr<Ledger> ledger_;
    int seconds_ = 0;
};

// As long as it lives no file of this process can grow: every commit fails as on a full disk.
class NoRoom {
public:
    NoRoom() : before_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &limit_);
        rlimit none = limit_;
        none.rlim_cur = 1;
        setrlimit(RLIMIT_FSIZE, &none);
    }

    NoRoom(const NoRoom&) = delete;
    NoRoom& operator=(const NoRoom&) = delete;
    NoRoom(NoRoom&&) = delete;
    NoRoom& operator=(NoRoom&&) = delete;

    ~NoRoom() {
        setrlimit(RLIMIT_FSIZE, &limit_);
        std::signal(SIGXFSZ, before_);
    }

private:
    rlimit limit_{};
    void (*before_)(int);
};

const std::string pack = "]d201095210000001001727123110A1";

} // namespace

SCENARIO("what was answered is on disk, and what was not answered is nowhere", "[ledger]") {
    GIVEN("an open check") {
        Bench bench;
        bench.furnish();
        bench.open_check();

        WHEN("a scan was answered and the power fails") {
            REQUIRE(bench.scan(pack)->message == "ok");
            const State before = bench->state();
            bench.open();

            THEN("the check stands as it was, and the station goes on with it") {
                CHECK(bench->state() == before);
                CHECK(bench->session_of("OR").check == "ward-1/1");
                CHECK(bench.scan(pack)->message == "duplicate");
            }
        }
        WHEN("the power fails before the turn in which it would be committed") {
            const State before = bench->state();
            codes::ReadOptions options;
            options.as_of = today;
            bool answered = false;
            bench->submit("OR", Scan{codes::read(pack, options), false}, [&](const auto&) {
                answered = true;
            });
            bench.open();

            THEN("nobody was told, and nothing is there") {
                CHECK_FALSE(answered);
                CHECK(bench->state() == before);
            }
        }
    }
}

SCENARIO("a request that is made again changes nothing, also after a power failure", "[ledger]") {
    GIVEN("a number that was entered and answered") {
        Bench bench;
        bench.furnish();
        bench.open_check();
        REQUIRE(bench.scan(pack)->message == "ok");
        const RequestName name{"page 1", "four of epi"};
        const auto first = bench.run(EnterQuantity{4, "epi"}, "OR", name);
        REQUIRE(first->step == 2);

        WHEN("it comes again, before or after the power fails") {
            const bool power_fails = GENERATE(false, true);
            if (power_fails) {
                bench.open();
            }
            const auto head = bench->head("ward-1");
            const auto second = bench.run(EnterQuantity{4, "epi"}, "OR", name);

            THEN("it is answered as it was, and nothing is recorded") {
                REQUIRE(second);
                CHECK(second->message == first->message);
                CHECK(second->step == first->step);
                CHECK(bench->head("ward-1") == head);
            }
        }
        WHEN("it comes again as something else") {
            bench.open();
            const auto other =
                bench.run(EnterQuantity{5, "epi"}, "OR", RequestName{"page 1", "five of epi"});

            THEN("it is refused") {
                REQUIRE_FALSE(other);
                CHECK(other.error().code == ErrorCode::conflict);
            }
        }
        WHEN("so many others came since that it is forgotten") {
            for (std::size_t i = 0; i < store::answered_requests_kept; ++i) {
                REQUIRE(bench.run(
                    EnterQuantity{3, "epi"}, "OR", RequestName{"later " + std::to_string(i), "3"}));
            }
            THEN("the store keeps no more than it says, and memory and disk agree") {
                CHECK(bench->store()->answered().size() == store::answered_requests_kept);
                CHECK(bench->store()->answered().front().id == "later 0");
                CHECK(bench.run(EnterQuantity{4, "epi"}, "OR", name)->step != first->step);
            }
        }
    }
    GIVEN("the same request twice in one turn") {
        Bench bench;
        bench.furnish();
        bench.open_check();
        REQUIRE(bench.scan(pack)->message == "ok");
        std::vector<int> steps;
        for (int i = 0; i < 2; ++i) {
            bench->submit(
                "OR",
                EnterQuantity{4, "epi"},
                [&](const Result<Reply>& reply) { steps.push_back(reply->step); },
                RequestName{"page 1", "4"});
        }
        bench.turn();
        THEN("it is done once") {
            CHECK(steps == std::vector<int>{2, 2});
        }
    }
}

SCENARIO("a request whose commit failed may be made again", "[ledger]") {
    Bench bench;
    bench.furnish();
    bench.open_check();
    REQUIRE(bench.scan(pack)->message == "ok");
    const RequestName name{"page 1", "4"};
    {
        const NoRoom no_room;
        REQUIRE_FALSE(bench.run(EnterQuantity{4, "epi"}, "OR", name));
    }
    REQUIRE(bench->try_to_recover());
    CHECK(bench.run(EnterQuantity{4, "epi"}, "OR", name)->step == 2);
}

SCENARIO("what arrives together is committed together", "[ledger]") {
    Bench bench;
    bench.furnish();
    bench.open_check();
    REQUIRE(bench.scan(pack)->message == "ok");
    const auto commits = bench->counters().commits;
    const auto seq = bench->head("ward-1").seq;
    int answers = 0;
    for (int i = 1; i <= 10; ++i) {
        bench->submit("OR", EnterQuantity{i, "epi"}, [&](const auto&) { ++answers; });
    }
    bench.turn();
    CHECK(answers == 10);
    CHECK(bench->counters().commits == commits + 1);
    CHECK(bench->head("ward-1").seq == seq + 10);
}

SCENARIO("the same words twice are two replies", "[ledger]") {
    Bench bench;
    bench.furnish();
    const auto first = bench.scan(pack);
    const auto second = bench.scan(pack);
    CHECK(first->message == second->message);
    CHECK(second->number == first->number + 1);
    CHECK(bench->last_reply_of("OR")->number == second->number);
}

SCENARIO("a refusal records nothing but is answered and remembered for the page", "[ledger]") {
    Bench bench;
    bench.furnish();
    const auto seq = bench->head("ward-1").seq;
    CHECK(bench.scan(pack)->kind == ReplyKind::reject);
    CHECK(bench->head("ward-1").seq == seq);
    CHECK(bench->last_reply_of("OR")->kind == ReplyKind::reject);
}

SCENARIO("a failed commit stops recording until the store is sound again", "[ledger]") {
    GIVEN("a command that cannot be written down") {
        Bench bench;
        bench.furnish();
        bench.open_check();
        const State before = bench->state();
        int told = 0;
        bench->observe([&](std::span<const store::Item> items) { told += items.empty() ? 1 : 0; });
        Station station;
        station.id = "X";
        station.name.zh = "新站点";
        Define broken;
        broken.actor = "two\nlines"; // no entry may hold this: the hash is taken over lines
        broken.events = {StationDefined{station}};

        WHEN("it is submitted") {
            const auto reply = bench.run(std::move(broken), "");

            THEN("it is refused, nothing of it shows, and no later command passes") {
                REQUIRE_FALSE(reply);
                CHECK(reply.error().code == ErrorCode::unavailable);
                CHECK_FALSE(bench->recording());
                CHECK_FALSE(bench.broken_.empty());
                CHECK(told == 1);
                CHECK(bench->state() == before);
                CHECK_FALSE(bench.scan(pack));
            }
            AND_WHEN("the store is opened again") {
                REQUIRE(bench->try_to_recover());

                THEN("work goes on where it stood") {
                    CHECK(bench->recording());
                    CHECK(bench->state() == before);
                    CHECK(bench.scan(pack)->message == "ok");
                }
            }
        }
    }
}

SCENARIO("each command of a turn whose commit fails is told so", "[ledger]") {
    Bench bench;
    bench.furnish();
    bench.open_check();
    const State before = bench->state();
    const journal::Head head = bench->head("ward-1");
    int refusals = 0;
    const auto count_refusal = [&](const Result<Reply>& reply) { refusals += reply ? 0 : 1; };
    {
        const NoRoom no_room;
        codes::ReadOptions options;
        options.as_of = today;
        bench->submit("OR", Scan{codes::read(pack, options), false}, count_refusal);
        bench->submit("OR", EnterQuantity{3, "epi"}, count_refusal);
        bench.turn();
    }
    CHECK(refusals == 2);
    CHECK_FALSE(bench->recording());
    CHECK(bench->head("ward-1") == head); // a peer must not hear of what is on no disk

    REQUIRE(bench->try_to_recover());
    CHECK(bench->state() == before);
    CHECK(bench.scan(pack)->message == "ok");
}

TEST_CASE("the ledger says when the next station's session has rested", "[ledger]") {
    Bench bench;
    CHECK_FALSE(bench->next_rest());
    const auto badge = [&bench](const std::string& station) {
        const auto reading = codes::read(codes::own_tag(codes::TagType::staff, 1), {});
        REQUIRE(bench.run(Scan{reading, false}, station));
    };
    badge("OR");
    bench.uptime += std::chrono::minutes(4);
    badge("N3");

    const auto rests_at = session_rests_after + std::chrono::milliseconds(1);
    CHECK(bench->next_rest() == rests_at - std::chrono::minutes(4));
    bench.uptime = session_rests_after;
    CHECK(bench->next_rest() == std::chrono::milliseconds(1));
    bench.uptime = rests_at;
    CHECK(bench->next_rest() == std::chrono::minutes(4));
    bench.uptime += std::chrono::minutes(4);
    CHECK_FALSE(bench->next_rest());
}

SCENARIO("a peer's entries are taken in order, once, all or none", "[ledger]") {
    GIVEN("a ward's journal and a pharmacy that holds nothing of it") {
        Bench ward;
        ward.furnish();
        const auto entries = ward->store()->entries_after("ward-1", 0, 100, 1'000'000);
        REQUIRE(entries.size() == 4);
        Bench pharmacy("pharmacy");

        WHEN("it comes whole, and once more") {
            REQUIRE(pharmacy.receive(entries));
            REQUIRE(pharmacy.receive(entries));

            THEN("it is there once") {
                CHECK(pharmacy->head("ward-1") == ward->head("ward-1"));
                CHECK(node_of(pharmacy->state(), "ward-1") == node_of(ward->state(), "ward-1"));
            }
        }
        WHEN("an entry is left out, or its body was changed") {
            auto damaged = entries;
            const bool gap = GENERATE(true, false);
            if (gap) {
                damaged.erase(damaged.begin() + 1);
            } else {
                damaged[2].body.replace(damaged[2].body.find("N1"), 2, "N2");
            }
            const auto taken = pharmacy.receive(damaged);

            THEN("none of the batch is kept") {
                CHECK_FALSE(taken);
                CHECK(pharmacy->head("ward-1").seq == 0);
            }
        }
    }
}

} // namespace cartwatch::ledger_test
