#include "tests/bench/link/channel.hpp"
#include "tests/bench/link/peers.hpp"
#include "tests/bench/link/process.hpp"

#include <stdexcept>

namespace cartwatch::link_bench {

namespace {

// RESP: an array of bulk strings.
std::string command(const std::vector<std::string>& words) {
    std::string text = "*" + std::to_string(words.size()) + "\r\n";
    for (const std::string& word : words) {
        text += "$" + std::to_string(word.size()) + "\r\n" + word + "\r\n";
    }
    return text;
}

// The bulk strings of one reply, in order, whatever arrays they are in.
void read_reply(Channel& channel, std::vector<std::string>& texts) {
    const std::string head = channel.receive_until("\r\n");
    const int number = head.front() == '$' || head.front() == '*' ? std::stoi(head.substr(1)) : 0;
    if (head.front() == '-') {
        throw std::runtime_error("Redis says: " + head);
    }
    if (head.front() == '$' && number >= 0) {
        std::string text = channel.receive_exactly(static_cast<std::size_t>(number) + 2);
        text.resize(text.size() - 2);
        texts.push_back(std::move(text));
    }
    for (int i = 0; head.front() == '*' && i < number; ++i) {
        read_reply(channel, texts);
    }
}

std::vector<std::string> ask(Channel& channel, const std::vector<std::string>& words) {
    channel.send(command(words));
    std::vector<std::string> texts;
    read_reply(channel, texts);
    return texts;
}

class RedisProducer : public Producer {
public:
    explicit RedisProducer(std::uint16_t port) : channel_(connect_to(port)) {}

    void deliver(const std::string& message) override {
        static_cast<void>(ask(channel_, {"XADD", "alerts", "*", "entry", message}));
    }

private:
    Channel channel_;
};

class Redis : public Peer {
public:
    explicit Redis(const std::filesystem::path& folder)
        : port_(free_port()), process_(words(folder, port_), folder / "redis.log") {
        process_.wait_until([this] { return is_listened_to(port_); });
        Channel channel(connect_to(port_));
        static_cast<void>(ask(channel, {"XGROUP", "CREATE", "alerts", "board", "$", "MKSTREAM"}));
    }

    std::string name() const override {
        return "Redis";
    }

    std::vector<pid_t> processes() const override {
        return {process_.id()};
    }

    std::unique_ptr<Producer> producer(int /*number*/) override {
        return std::make_unique<RedisProducer>(port_);
    }

    void consume(std::int64_t messages) override {
        Channel channel(connect_to(port_));
        while (messages > 0) {
            const std::vector<std::string> found =
                ask(channel,
                    {"XREADGROUP",
                     "GROUP",
                     "board",
                     "one",
                     "COUNT",
                     "500",
                     "BLOCK",
                     "1000",
                     "STREAMS",
                     "alerts",
                     ">"});
            std::vector<std::string> words{"XACK", "alerts", "board"};
            // The stream's name, then of each message: its id, "entry", the message.
            for (std::size_t i = 1; i + 2 < found.size(); i += 3) {
                words.push_back(found[i]);
            }
            if (words.size() > 3) {
                messages -= static_cast<std::int64_t>(words.size()) - 3;
                static_cast<void>(ask(channel, words));
            }
        }
    }

private:
    static std::vector<std::string> words(const std::filesystem::path& folder, std::uint16_t port) {
        return {
            "redis-server",
            "--port",
            std::to_string(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            folder.string(),
            "--appendonly",
            "yes",
            "--appendfsync",
            "always",
            "--save",
            ""};
    }

    std::uint16_t port_;
    Process process_;
};

} // namespace

std::unique_ptr<Peer> start_redis(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    return std::make_unique<Redis>(folder);
}

} // namespace cartwatch::link_bench
