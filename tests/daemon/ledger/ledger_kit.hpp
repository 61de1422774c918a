// A ledger over a real store in a folder of its own, for its tests.
#pragma once

#include "daemon/crypto/sha256.hpp"
#include "daemon/ledger/ledger.hpp"
#include "daemon/readiness/limits.hpp"
#include "scanner/codes/reader.hpp"
#include "tests/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cartwatch::ledger_test {

using namespace cartwatch::readiness;
using ledger::Ledger;
using ledger::RequestName;

inline const Day today = *parse_day("2026-11-22");

// Work waits until `turn`, as on an event loop.
class Bench {
public:
    explicit Bench(std::string node = "ward-1") : node_(std::move(node)) {
        open();
    }

    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;
    Bench(Bench&&) = delete;
    Bench& operator=(Bench&&) = delete;

    [[nodiscard]] std::filesystem::path folder() const {
        return folder_.folder();
    }

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
        options.carts_max = carts_max;
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

    // One piece of work, as the event loop does it between two looks at its sockets.
    void one_turn() {
        REQUIRE_FALSE(work_.empty());
        const auto work = std::move(work_.front());
        work_.pop_front();
        work();
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
    std::size_t carts_max = readiness::carts_max;

private:
    std::string node_;
    support::TemporaryFolder folder_; // outlives the ledger
    std::deque<std::function<void()>> work_;
    std::unique_ptr<Ledger> ledger_;
    int seconds_ = 0;
};

} // namespace cartwatch::ledger_test
