// Real ends on loopback, each with a loop of its own, so that one can be killed between any two
// steps; time is a clock that the test moves. Waiting is for a condition, never for a while.
#pragma once

#include "daemon/link/client.hpp"
#include "daemon/link/server.hpp"
#include "daemon/trust/authority.hpp"
#include "daemon/trust/identity.hpp"
#include "daemon/trust/join_code.hpp"
#include "tests/daemon/link/link_kit.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/write.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cartwatch::link_kit {

namespace asio = boost::asio;
using asio::ip::tcp;

// What a condition may take before the test fails: a hundred times what it takes.
constexpr std::chrono::seconds patience{20};

class Process {
public:
    explicit Process(support::ManualClock& clock) : clock_(&clock) {}

    asio::io_context& context() {
        return context_;
    }

    link::Services services(const link::Journal& journal) {
        link::Services made;
        made.clock = clock_;
        made.journal = &journal;
        made.digest = digest;
        made.random = [] { return 1.0; };
        made.note = [this](std::string_view text) { notes.emplace_back(text); };
        made.on_status = [this](const link::Status& status) { shown.push_back(status); };
        made.on_failure = on_failure();
        return made;
    }

    loop::OnFailure on_failure() {
        return [this](std::string_view name, const std::exception_ptr& failure) {
            failures.push_back(std::string(name) + ": " + loop::text_of(failure));
        };
    }

    bool noted(const std::string& part) const {
        for (const std::string& note : notes) {
            if (note.find(part) != std::string::npos) {
                return true;
            }
        }
        return false;
    }

    std::vector<std::string> notes;
    std::vector<link::Status> shown;
    std::vector<std::string> failures;
    bool ended = false;

private:
    asio::io_context context_;
    support::ManualClock* clock_;
};

struct Pharmacy : Process {
    Pharmacy(support::ManualClock& clock, MemoryJournals& disk, link::ServerOptions options)
        : Process(clock),
          server(context().get_executor(), std::move(options), services(disk.view())) {
        opened = server.open();
        if (opened) {
            loop::start_task(
                context().get_executor(), "server", server.run(), on_failure(), [this] {
                    ended = true;
                });
        }
    }

    link::Status status_of(const std::string& node) const {
        for (const link::Status& status : server.statuses()) {
            if (status.peer == node) {
                return status;
            }
        }
        return {};
    }

    bool is_connected(const std::string& node) const {
        return status_of(node).state == link::Status::State::connected;
    }

    link::Server server;
    Result<void> opened;
};

struct Ward : Process {
    Ward(support::ManualClock& clock, MemoryJournals& disk, link::ClientOptions options)
        : Process(clock),
          client(context().get_executor(), std::move(options), services(disk.view())) {
        loop::start_task(context().get_executor(), "client", client.run(), on_failure(), [this] {
            ended = true;
        });
    }

    bool is_connected() const {
        return client.status().state == link::Status::State::connected;
    }

    std::string error_code() const {
        const auto& error = client.status().last_error;
        return error ? error->code : "";
    }

    link::Client client;
};

// A hospital with one pharmacy and any number of wards and strangers.
class Hospital {
public:
    Hospital() {
        server_options.listen = link::Address{"127.0.0.1", 0};
        server_options.authority = &authority;
    }

    void open_pharmacy() {
        pharmacy = std::make_unique<Pharmacy>(clock, pharmacy_disk, server_options);
        server_options.listen.port = pharmacy->server.port(); // the same after a restart
    }

    std::unique_ptr<Ward> open_ward(MemoryJournals& disk, const std::string& node) {
        link::ClientOptions options;
        options.node = node;
        options.addresses = {server_options.listen};
        options.limits = server_options.limits;
        options.trust = trust_of(node);
        return std::make_unique<Ward>(clock, disk, options);
    }

    // Where that ward has its certificate once it has joined.
    std::filesystem::path trust_of(const std::string& node) const {
        return folder / node;
    }

    // A code of that authority's, as the ward that is told it reads it.
    trust::JoinCode code_of(const trust::Authority& of, const std::string& node) {
        const auto text = of.enroll(node, clock.now());
        const auto code = text ? trust::parse_join_code(*text) : Unexpected(text.error());
        if (!code) {
            throw std::runtime_error(code.error().text);
        }
        return *code;
    }

    // That ward has joined that authority's pharmacy, whichever way.
    crypto::Credentials join(trust::Authority& with, const std::string& node) {
        const trust::JoinCode code = code_of(with, node);
        crypto::Credentials made;
        made.key = crypto::make_key();
        const auto issued =
            with.join(node, code.secret, crypto::make_request(made.key, node), clock.now());
        if (!issued) {
            throw std::runtime_error(issued.error().text);
        }
        made.certificate = issued->certificate;
        made.authority = issued->authority;
        if (const auto saved = trust::save_identity(trust_of(node), made); !saved) {
            throw std::runtime_error(saved.error().text);
        }
        return made;
    }

    // Lets every process go on until the condition holds; false where it does not within patience.
    template <typename Condition>
    bool until(Condition condition) {
        const auto end = std::chrono::steady_clock::now() + patience;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > end) {
                return false;
            }
            go_on();
        }
        return true;
    }

    // Every process does all that it can do now.
    void go_on() {
        for (Process* process : processes()) {
            process->context().restart();
            process->context().poll();
        }
    }

    std::vector<Process*> processes() {
        std::vector<Process*> all;
        for (Process* process :
             std::initializer_list<Process*>{pharmacy.get(), ward.get(), ward_2.get()}) {
            if (process != nullptr) {
                all.push_back(process);
            }
        }
        all.insert(all.end(), others.begin(), others.end());
        return all;
    }

    support::ManualClock clock;
    support::TemporaryFolder folder{support::Place::memory};
    trust::Authority authority{folder / "pharmacy", "pharmacy"};
    link::ServerOptions server_options;
    MemoryJournals pharmacy_disk{"pharmacy"};
    MemoryJournals ward_disk{"ward-1"};
    MemoryJournals ward_2_disk{"ward-2"};
    std::unique_ptr<Pharmacy> pharmacy;
    std::unique_ptr<Ward> ward;
    std::unique_ptr<Ward> ward_2;
    std::vector<Process*> others; // of the test's own
};

// Somebody who speaks TCP and says what the test says.
class Stranger {
public:
    Stranger(Hospital& hospital, std::uint16_t port) : hospital_(&hospital), socket_(context_) {
        socket_.connect(tcp::endpoint(asio::ip::address_v4::loopback(), port));
        socket_.non_blocking(true);
    }

    Stranger(Hospital& hospital, tcp::socket socket)
        : hospital_(&hospital), socket_(std::move(socket)) {
        socket_.non_blocking(true);
    }

    // False where the other end takes no more.
    bool send(std::string_view bytes) {
        std::size_t sent = 0;
        return hospital_->until([&] {
            boost::system::error_code error;
            sent += socket_.write_some(asio::buffer(bytes.substr(sent)), error);
            failed_ = error && error != asio::error::would_block;
            return sent == bytes.size() || failed_;
        }) && !failed_;
    }

    bool say(const std::string& line) {
        return send(line + "\n");
    }

    // The next line, or "" where the connection ends first.
    std::string next_line() {
        std::size_t end = 0;
        const bool found = hospital_->until([&] {
            read();
            end = heard_.find('\n');
            return end != std::string::npos || ended_;
        });
        if (!found || end == std::string::npos) {
            return "";
        }
        const std::string line = heard_.substr(0, end);
        heard_.erase(0, end + 1);
        return line;
    }

    // Reads so many bytes of what waits for it, and throws them away. False where they do not come.
    bool takes(std::size_t bytes) {
        std::size_t taken = 0;
        return hospital_->until([&] {
            heard_.clear();
            read();
            taken += heard_.size();
            return taken >= bytes;
        });
    }

    bool sees_end() {
        return hospital_->until([&] {
            read();
            return ended_;
        });
    }

    // True where nothing is to be read now.
    bool hears_nothing() {
        hospital_->go_on();
        read();
        return heard_.empty();
    }

    bool has_ended() {
        read();
        return ended_;
    }

    tcp::socket& socket() {
        return socket_;
    }

private:
    void read() {
        char buffer[4'096];
        boost::system::error_code error;
        const std::size_t size = socket_.read_some(asio::buffer(buffer), error);
        heard_.append(buffer, size);
        ended_ = ended_ || (error && error != asio::error::would_block);
    }

    Hospital* hospital_;
    asio::io_context context_;
    tcp::socket socket_;
    std::string heard_;
    bool ended_ = false;
    bool failed_ = false;
};

// The pharmacy holds what the ward wrote, the ward what the pharmacy wrote, and the ward knows.
inline bool
all_there(Hospital& hospital, Ward& ward, MemoryJournals& disk, const std::string& node) {
    return hospital.until([&] {
        return hospital.pharmacy_disk.head(node) == disk.head(node)
               && disk.head("pharmacy") == hospital.pharmacy_disk.head("pharmacy")
               && ward.client.status().acknowledged == disk.head(node).seq;
    });
}

inline std::string code_of(const std::string& line) {
    const auto message = link::parse_message(line);
    const auto* fault = message ? std::get_if<link::Fault>(&*message) : nullptr;
    return fault == nullptr ? "no error: " + line : fault->code;
}

} // namespace cartwatch::link_kit
