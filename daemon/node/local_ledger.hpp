// A node's store for a command of its own, without a daemon: each command is decided and committed
// before the call returns. Refused while a daemon has the store.
#pragma once

#include "daemon/clock/calendar.hpp"
#include "daemon/node/node.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <string>

namespace cartwatch::node {

class LocalLedger {
public:
    // Throws where the store cannot be opened.
    LocalLedger(const config::Common& config, const Role& role, const clock::Calendar& calendar);

    // Answered only after the commit; a refusal of the machine is an Error, of the rules a Reply.
    [[nodiscard]] Result<readiness::Reply>
    run(const std::string& station, readiness::Command command);

    [[nodiscard]] ledger::Ledger& ledger() {
        return *ledger_;
    }

private:
    std::deque<std::function<void()>> work_;
    std::unique_ptr<ledger::Ledger> ledger_;
};

} // namespace cartwatch::node
