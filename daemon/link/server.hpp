// The pharmacy's end of the link: lets the wards call, one conversation each, none able to hold up
// another. Keeps nothing but who is connected: what waits to be sent is the journal.
#pragma once

#include "daemon/link/address.hpp"
#include "daemon/link/arrival.hpp"
#include "daemon/link/connection.hpp"
#include "daemon/link/note_limit.hpp"
#include "daemon/link/services.hpp"
#include "daemon/trust/authority.hpp"
#include "scanner/values/result.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cartwatch::link {

struct ServerOptions {
    std::string node = "pharmacy";  // this side
    Address listen;                 // port 0: any free one, see Server::port
    std::vector<std::string> nodes; // who may call; empty: everybody with a name
    SessionLimits limits;

    // Whose certificates are good; null: plain TCP on loopback alone. Outlives the server.
    trust::Authority* authority = nullptr;

    // Conversations at a time: the largest hospital's wards, each 40 KiB of memory.
    std::size_t connections_max = 1'024;

    // Callers that have not said their name yet, TLS handshakes included. Past it the one that has
    // been silent longest makes room, so that strangers who say nothing never keep a ward out. So
    // many again may linger after their refusal, to read why; then the longest is cut as well.
    std::size_t strangers_max = 64;
};

// A node that calls again while it is connected is believed: the old connection is closed
// ("replaced"), for a cable that was pulled leaves it looking alive for three ping intervals. The
// new one is admitted once everything that the old one received is stored. Where that happens again
// and again within a minute, two machines bear one name (a copied disk): its status says so.
//
// A pharmacy that lost its disk finds its own journal at many wards: one at a time is asked for it.
class Server {
public:
    // Services need all but random. The server outlives its run().
    Server(boost::asio::any_io_executor executor, ServerOptions options, Services services);

    // Listens. Refused: not_allowed where the address is not on loopback and there is no authority,
    // unavailable where the address cannot be had (in use, no such address) or the authority's
    // files cannot be made.
    [[nodiscard]] Result<void> open();

    // Where it listens; 0 before open().
    [[nodiscard]] std::uint16_t port() const;

    // Answers calls until stop(). To be started once, after open(), with loop::start_task.
    [[nodiscard]] boost::asio::awaitable<void> run();

    // Tells the peers and lets run() end within seconds.
    void stop();

    // The own journal grew.
    void on_committed();

    // Some node's certificates were changed: connections whose certificate is no longer good end.
    void certificates_changed();

    // Every node of the list, and every other that has connected since the start (the latest
    // thousand), in order of name.
    [[nodiscard]] std::vector<Status> statuses() const;

private:
    struct Caller {
        std::unique_ptr<Arrival> arrival;               // until it is known what it speaks
        std::unique_ptr<Connection> connection;         // from then on
        std::optional<crypto::Certificate> certificate; // where it speaks TLS
        std::string node; // once admitted, or waiting for the one it replaces
        bool admitted = false;
    };

    using Callers = std::list<Caller>;

    [[nodiscard]] boost::asio::awaitable<void> accept_all();
    void receive(boost::asio::ip::tcp::socket socket);
    [[nodiscard]] boost::asio::awaitable<void> converse(Callers::iterator caller);
    void meet(Callers::iterator caller, Arrived arrived);
    [[nodiscard]] std::optional<Fault> impersonation(const Caller& caller) const;
    [[nodiscard]] Result<void> may_listen(const boost::asio::ip::address& number) const;
    void watch_expiry();
    void turn_away(boost::asio::ip::tcp::socket socket);
    template <typename Such>
    void keep_few(Such such, const std::string& why);
    [[nodiscard]] bool has_room();
    void introduced(Callers::iterator caller);
    void admit(Callers::iterator caller);
    void let_one_ask();
    void count_replacement(const std::string& node);
    [[nodiscard]] bool alternates(const std::string& node) const;
    void changed(Callers::iterator caller);
    void ended(Callers::iterator caller);
    [[nodiscard]] bool may_call(const std::string& node) const;
    [[nodiscard]] bool is_listed(const std::string& node) const;
    [[nodiscard]] Caller* connected(const std::string& node);
    void make_room_for(const std::string& node);
    void show(Status status);
    void note(const std::string& text) const;
    void note_refusal(const std::string& text);
    void note_of(const std::string& node, const std::string& text);

    boost::asio::any_io_executor executor_;
    ServerOptions options_;
    Services services_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::uint16_t port_ = 0;
    std::optional<AnsweringTls> tls_;
    ArrivalServices arrivals_;
    NoteLimit refusals_;
    // Who comes and goes: each node has its own limit, so that one that calls in a loop hides no
    // other; and all together, for names are free where no list of nodes is set. Every ward of the
    // largest hospital may come within a minute.
    std::map<std::string, NoteLimit> notes_of_;
    NoteLimit all_notes_{1'000};
    loop::Alarm expiry_alarm_;
    bool watches_expiry_ = false;
    Callers callers_; // in the order in which they came
    std::map<std::string, Status> statuses_;
    std::map<std::string, std::deque<Ticks>> replaced_; // when, the latest few of each node
    loop::Wakeup wakeup_;
    bool stopping_ = false;
};

} // namespace cartwatch::link
