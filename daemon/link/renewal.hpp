// Gets a ward's next certificate well before the present one ends, by itself. Knows nothing of the
// link's conversations.
#pragma once

#include "daemon/link/certificate_call.hpp"
#include "daemon/loop/wakeup.hpp"

#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

namespace cartwatch::link {

struct RenewalOptions {
    Names names;
    std::vector<Address> addresses; // of the pharmacy, in the order tried
    std::filesystem::path trust;    // trust/identity.hpp
};

class Renewal {
public:
    // `note` gets lines for the log, `renewed` is called once a new certificate is on disk. The
    // clock outlives the renewal, the renewal its run().
    Renewal(
        boost::asio::any_io_executor executor,
        loop::Clock& clock,
        RenewalOptions options,
        std::function<void(std::string_view)> note,
        std::function<void()> renewed);

    // Looks at once and then every hour, until stop(). To be started once, with loop::start_task.
    [[nodiscard]] boost::asio::awaitable<void> run();

    void stop();

private:
    [[nodiscard]] boost::asio::awaitable<void> look();
    [[nodiscard]] std::optional<crypto::Credentials> due();
    void note(const std::string& text) const;

    loop::Clock& clock_;
    RenewalOptions options_;
    std::function<void(std::string_view)> note_;
    std::function<void()> renewed_;
    CertificateCall call_;
    loop::Wakeup wakeup_;
    bool stopping_ = false;
};

} // namespace cartwatch::link
