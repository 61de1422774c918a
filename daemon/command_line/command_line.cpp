#include "daemon/command_line/command_line.hpp"

#include "daemon/command_line/options.hpp"

#include <algorithm>

namespace cartwatch::command_line {

namespace {

constexpr const char* about = "Cartwatch: weekly checks of crash carts by barcode, and shortage "
                              "alerts that reach the pharmacy.\n"
                              "Exit status: 0 done; 1 the answer is no; 2 unusable arguments or "
                              "input; 3 the machine failed.";

std::string one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

} // namespace

int run(int count, const char* const* words, const std::string& version) {
    CLI::App app{about, "cartwatch"};
    app.set_version_flag("--version", version);
    app.require_subcommand(1);
    Action action;
    add_daemons(app, action);
    add_demo(app, action);
    add_questions(app, action);
    add_import(app, action);
    add_history(app, action);
    add_labels(app, action);
    add_store_commands(app, action);
    try {
        app.parse(count, words);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) {
            return app.exit(error); // --help and --version
        }
        std::string name = "cartwatch";
        for (const CLI::App* command = &app; !command->get_subcommands().empty();) {
            command = command->get_subcommands().front();
            name += " " + command->get_name();
        }
        std::cerr << name << ": " << one_line(error.what()) << "; see " << name << " --help\n";
        return unusable;
    }
    const int status = action();
    if (!std::cout.flush()) {
        std::cerr << "cartwatch: the answer could not be written: is the disk full?\n";
        return machine_failed;
    }
    return status;
}

} // namespace cartwatch::command_line
