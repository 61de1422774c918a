#include "tests/bench/peers.hpp"

#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace cartwatch::peers {

namespace {

std::string output_of(const std::string& command) {
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) {
        throw std::runtime_error("cannot start: " + command);
    }
    std::string output;
    std::array<char, 4096> part{};
    while (const std::size_t got = std::fread(part.data(), 1, part.size(), pipe)) {
        output.append(part.data(), got);
    }
    if (::pclose(pipe) != 0) {
        throw std::runtime_error("failed: " + command);
    }
    return output;
}

} // namespace

std::vector<Peer> run_peers(const std::vector<std::string>& texts) {
    const std::string file = CARTWATCH_PEERS_FOLDER "/texts";
    std::ofstream out(file);
    for (const std::string& text : texts) {
        out << text << '\n';
    }
    out.close();
    if (!out) {
        throw std::runtime_error("cannot write " + file);
    }
    std::istringstream lines(
        output_of("'" CARTWATCH_NODE "' '" CARTWATCH_PEERS_SCRIPT "' '" + file + "'"));
    std::vector<Peer> peers;
    Peer peer;
    std::string taken;
    while (lines >> peer.name >> peer.version >> peer.nanoseconds >> taken) {
        if (taken.size() != texts.size()) {
            throw std::runtime_error(peer.name + " did not judge every text");
        }
        peer.takes.clear();
        for (const char one : taken) {
            peer.takes.push_back(one == '1');
        }
        peers.push_back(peer);
    }
    return peers;
}

} // namespace cartwatch::peers
