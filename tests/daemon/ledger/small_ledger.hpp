// A ledger over a real store in a folder of its own, whose work is done when it is asked for.
#pragma once

#include "daemon/crypto/sha256.hpp"
#include "daemon/ledger/ledger.hpp"
#include "tests/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <deque>

namespace cartwatch::ledger_kit {

inline const Day today = *parse_day("2026-11-22");

inline Instant at(int minute) {
    return Instant{today} + std::chrono::hours{8} + std::chrono::minutes{minute};
}

class SmallLedger {
public:
    explicit SmallLedger(std::string node = "pharmacy") : node_(std::move(node)) {
        open();
    }

    void open() {
        ledger_.reset();
        ledger::Options options;
        options.node = node_;
        options.digest = crypto::sha256;
        options.moment = [](const readiness::Policy&) {
            readiness::Context context;
            context.now = at(600);
            context.today = today;
            context.working_day = today;
            return context;
        };
        options.post = [this](std::function<void()> work) { work_.push_back(std::move(work)); };
        options.open_store = [this] {
            return std::make_unique<store::Store>(store::Store::open(file(), {node_, "pharmacy"}));
        };
        options.broken = [](std::string_view what) { FAIL(what); };
        ledger_ = std::make_unique<ledger::Ledger>(std::move(options));
    }

    Result<void> receive(std::vector<journal::Entry> entries) {
        std::optional<Result<void>> answer;
        ledger_->receive(std::move(entries), [&](Result<void> taken) { answer = taken; });
        turn();
        REQUIRE(answer);
        return *answer;
    }

    Result<readiness::Reply> run(readiness::Command command) {
        std::optional<Result<readiness::Reply>> answer;
        ledger_->submit(
            "", std::move(command), [&](Result<readiness::Reply> reply) { answer = reply; });
        turn();
        REQUIRE(answer);
        return *answer;
    }

    [[nodiscard]] std::filesystem::path file() const {
        return folder_ / "cartwatch.db";
    }

    ledger::Ledger* operator->() {
        return ledger_.get();
    }

    ledger::Ledger& operator*() {
        return *ledger_;
    }

private:
    void turn() {
        while (!work_.empty()) {
            const auto work = std::move(work_.front());
            work_.pop_front();
            work();
        }
    }

    std::string node_;
    support::TemporaryFolder folder_; // outlives the ledger
    std::deque<std::function<void()>> work_;
    std::unique_ptr<ledger::Ledger> ledger_;
};

} // namespace cartwatch::ledger_kit
