#include "daemon/commands/demo.hpp"

#include "daemon/commands/demo_hospital.hpp"
#include "daemon/commands/program_files.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <ostream>
#include <system_error>
#include <vector>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cartwatch::commands {

namespace {

namespace fs = std::filesystem;

constexpr const char* demo_prefix = "cartwatch demo: ";

// Stands in every demo's folder, so that --fresh can never empty another one.
constexpr const char* marker_name = "cartwatch-demo-folder";

fs::path default_folder() {
    const char* data = std::getenv("XDG_DATA_HOME"); // NOLINT(concurrency-mt-unsafe): one thread
    const char* home = std::getenv("HOME");          // NOLINT(concurrency-mt-unsafe): one thread
    const fs::path base = data && *data   ? fs::path(data)
                          : home && *home ? fs::path(home) / ".local" / "share"
                                          : fs::temp_directory_path();
    return base / "cartwatch-demo";
}

bool prepare_folder(const fs::path& folder, bool fresh, std::ostream& err) {
    const bool known = fs::exists(folder / marker_name);
    if (fs::exists(folder) && !fs::is_empty(folder) && !known) {
        err << demo_prefix << folder.string()
            << " holds something else; name an empty folder with --folder\n";
        return false;
    }
    if (fresh && known) {
        fs::remove_all(folder);
    }
    fs::create_directories(folder);
    std::ofstream(folder / marker_name) << "An example hospital of `cartwatch demo`.\n";
    return true;
}

std::string toml_text(const std::string& text) {
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    }
    return quoted + "\"";
}

void write_configs(const fs::path& folder, const fs::path& pages, const DemoArguments& arguments) {
    std::ofstream ward(folder / "ward.toml");
    ward << "node = \"ward-1\"\ntag_block = 1\nstate = " << toml_text((folder / "ward").string())
         << "\npages = " << toml_text(pages.string()) << "\n[web]\nport = " << arguments.ward_port
         << "\n[pharmacy]\naddresses = [\"127.0.0.1:" << arguments.link_port << "\"]\n";
    std::ofstream pharmacy(folder / "pharmacy.toml");
    pharmacy << "node = \"pharmacy\"\nstate = " << toml_text((folder / "pharmacy").string())
             << "\npages = " << toml_text(pages.string())
             << "\n[web]\nport = " << arguments.pharmacy_port
             << "\n[link]\nport = " << arguments.link_port << "\n";
}

// A daemon as a process of its own, the same program. Ended with the demo.
class Daemon {
public:
    Daemon(const char* command, const fs::path& config) {
        const std::string program = this_program().string();
        const std::string file = config.string();
        std::array<std::string, 4> words = {program, command, "--config", file};
        std::array<char*, 5> arguments{};
        for (std::size_t i = 0; i < words.size(); ++i) {
            arguments.at(i) = words.at(i).data();
        }
        const int failed =
            posix_spawn(&pid_, program.c_str(), nullptr, nullptr, arguments.data(), environ);
        if (failed != 0) {
            throw std::system_error(failed, std::generic_category(), program);
        }
    }

    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;
    Daemon(Daemon&&) = delete;
    Daemon& operator=(Daemon&&) = delete;

    ~Daemon() {
        if (pid_ > 0) {
            kill(pid_, SIGTERM);
            int status = 0;
            while (waitpid(pid_, &status, 0) == -1 && errno == EINTR) {
            }
        }
    }

    // True once the process has ended by itself.
    bool ended() {
        int status = 0;
        if (pid_ > 0 && waitpid(pid_, &status, WNOHANG) == pid_) {
            pid_ = 0;
        }
        return pid_ == 0;
    }

private:
    pid_t pid_ = 0;
};

void greet(
    const DemoHospital& hospital,
    const DemoArguments& arguments,
    const fs::path& scans,
    std::ostream& out) {
    out << "Cartwatch demo, example hospital in " << scans.parent_path().string() << "\n\n"
        << "  nurses    http://127.0.0.1:" << arguments.ward_port << "/\n"
        << "  pharmacy  http://127.0.0.1:" << arguments.pharmacy_port << "/\n\n"
        << "Scan a badge and a cart, then what is in it; a keyboard will do: type the digits into\n"
        << "the page and press Enter. Everything that can be scanned:\n  " << scans.string()
        << "\n\n";
    std::ifstream list(scans);
    std::string line;
    int shown = 0;
    while (std::getline(list, line) && shown < 40) {
        out << "  " << line << '\n';
        ++shown;
    }
    out << "  …\n\nPictures of the codes: cartwatch labels commands --config "
        << (hospital.ward.state.parent_path() / "ward.toml").string() << "\nCtrl+C ends the demo.\n"
        << std::flush;
}

int watch(Daemon& ward, Daemon& pharmacy, std::ostream& err) {
    boost::asio::io_context loop(1);
    boost::asio::signal_set signals(loop, SIGINT, SIGTERM, SIGCHLD);
    int status = 0;
    for (bool running = true; running;) {
        signals.async_wait(
            [&](const boost::system::error_code&, int signal) { running = signal == SIGCHLD; });
        loop.restart();
        loop.run();
        if (running && (ward.ended() || pharmacy.ended())) {
            err << demo_prefix << "a daemon ended by itself; its last words stand above\n";
            running = false;
            status = 3;
        }
    }
    return status;
}

int run_in(
    const fs::path& folder, const DemoArguments& arguments, std::ostream& out, std::ostream& err) {
    const fs::path pages = arguments.pages.empty() ? installed_folder("pages") : arguments.pages;
    DemoHospital hospital;
    hospital.sheets =
        arguments.hospital.empty() ? installed_folder("example-hospital") : arguments.hospital;
    if (!fs::exists(hospital.sheets / "products.csv")) {
        err << demo_prefix << "no example hospital in " << hospital.sheets.string()
            << "; name its folder with --hospital\n";
        return 2;
    }
    write_configs(folder, pages, arguments);
    const auto ward = config::load_ward_config(folder / "ward.toml");
    const auto pharmacy = config::load_pharmacy_config(folder / "pharmacy.toml");
    if (!ward || !pharmacy) {
        err << demo_prefix << (ward ? pharmacy.error() : ward.error()).text << '\n';
        return 3;
    }
    hospital.ward = *ward;
    hospital.pharmacy = *pharmacy;
    if (!fill_demo_hospital(hospital, err)) {
        return 2;
    }
    const fs::path scans = folder / "scans.txt";
    std::ofstream list(scans);
    write_scan_list(hospital, list);
    list.close();

    Daemon pharmacy_daemon("pharmacy", folder / "pharmacy.toml");
    Daemon ward_daemon("ward", folder / "ward.toml");
    greet(hospital, arguments, scans, out);
    return watch(ward_daemon, pharmacy_daemon, err);
}

} // namespace

int run_demo(const DemoArguments& arguments, std::ostream& out, std::ostream& err) {
    const fs::path folder = arguments.folder.empty() ? default_folder() : arguments.folder;
    try {
        if (!prepare_folder(folder, arguments.fresh, err)) {
            return 2;
        }
        return run_in(fs::absolute(folder), arguments, out, err);
    } catch (const std::exception& error) {
        err << demo_prefix << error.what() << '\n';
        return 3;
    }
}

} // namespace cartwatch::commands
