#include "daemon/commands/program_files.hpp"

namespace cartwatch::commands {

std::filesystem::path this_program() {
    return std::filesystem::read_symlink("/proc/self/exe");
}

std::filesystem::path installed_folder(std::string_view name) {
    const std::filesystem::path beside = this_program().parent_path() / name;
    if (std::filesystem::exists(beside)) {
        return beside;
    }
    return this_program().parent_path().parent_path() / "share" / "cartwatch" / name;
}

} // namespace cartwatch::commands
