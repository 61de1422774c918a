#include "daemon/node/local_ledger.hpp"

#include "scanner/values/ensure.hpp"

namespace cartwatch::node {

LocalLedger::LocalLedger(
    const config::Common& config, const Role& role, const clock::Calendar& calendar) {
    std::filesystem::create_directories(config.state);
    ledger::Options options = ledger_options(config, role, calendar);
    options.post = [this](std::function<void()> work) { work_.push_back(std::move(work)); };
    ledger_ = std::make_unique<ledger::Ledger>(std::move(options));
}

Result<readiness::Reply> LocalLedger::run(const std::string& station, readiness::Command command) {
    std::optional<Result<readiness::Reply>> answer;
    ledger_->submit(station, std::move(command), [&](Result<readiness::Reply> reply) {
        answer = std::move(reply);
    });
    while (!work_.empty()) {
        const auto work = std::move(work_.front());
        work_.pop_front();
        work();
    }
    ensure(answer.has_value(), "every command is answered");
    return std::move(*answer);
}

} // namespace cartwatch::node
