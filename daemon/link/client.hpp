// The ward's end of the link: calls the pharmacy, tries its addresses in order, and calls again
// when a conversation ends, less and less often while that is in vain. Keeps nothing: what waits to
// be sent is the journal.
#pragma once

#include "daemon/link/address.hpp"
#include "daemon/link/backoff.hpp"
#include "daemon/link/connection.hpp"
#include "daemon/link/services.hpp"
#include "daemon/link/wire.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cartwatch::link {

struct ClientOptions {
    std::string node;               // this ward
    std::string peer = "pharmacy";  // the node that must answer
    std::vector<Address> addresses; // tried in order, each time from the first
    SessionLimits limits;
    Backoff backoff;

    // Where the ward's key and certificate are once it has joined (trust/identity.hpp), looked at
    // for each call: from then on it speaks TLS to every address. Empty: plain TCP on loopback.
    std::filesystem::path trust;

    // For a name to be looked up, and for each address to answer.
    std::chrono::milliseconds connect_wait{5'000};
};

class Client {
public:
    // Services need all but on_failure. The client outlives its run().
    Client(boost::asio::any_io_executor executor, ClientOptions options, Services services);

    // Calls and speaks until stop(). To be started once, with loop::start_task.
    [[nodiscard]] boost::asio::awaitable<void> run();

    // Tells the peer and lets run() end within seconds.
    void stop();

    // The own journal grew: what is new leaves at once where the peer keeps up.
    void on_committed();

    // Calls anew, with what is in the trust folder now.
    void certificate_renewed();

    // Does not wait for the next call, e.g. when a person asks to try now.
    void call_now();

    [[nodiscard]] const Status& status() const;

private:
    [[nodiscard]] boost::asio::awaitable<void> converse();
    [[nodiscard]] boost::asio::awaitable<bool> connect_to(Address address);
    [[nodiscard]] boost::asio::awaitable<std::vector<boost::asio::ip::tcp::endpoint>>
    endpoints_of(Address address);
    [[nodiscard]] boost::asio::awaitable<bool>
    connect_to(boost::asio::ip::tcp::endpoint endpoint, const std::string& called);
    [[nodiscard]] boost::asio::awaitable<bool> secure(const std::string& called);
    [[nodiscard]] bool has_credentials();
    [[nodiscard]] boost::asio::awaitable<void> talk();
    [[nodiscard]] boost::asio::awaitable<void> pause();
    void count_outcome(const Connection& connection, Ticks began);
    void failed(std::string text, std::string code = "closed");
    void show(Status::State state);
    void connection_changed();

    boost::asio::any_io_executor executor_;
    ClientOptions options_;
    Services services_;
    Status status_;
    Status shown_;
    std::optional<crypto::Credentials> credentials_; // of the round of calls under way
    Wire wire_;
    boost::asio::ip::tcp::resolver resolver_;
    std::optional<Connection> connection_;
    loop::Wakeup wakeup_;
    int failures_ = 0;
    bool stopping_ = false;
};

} // namespace cartwatch::link
