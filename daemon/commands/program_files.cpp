#include "daemon/commands/program_files.hpp"

namespace cartwatch::commands {

std::filesystem::path this_program() {
    return std::filesystem::read_symlink("/proc/self/exe");
}

std::filesystem::path installed_folder(std::string_view name) {
    const std::filesystem::path here = this_program().parent_path();
    std::filesystem::path installed = here.parent_path() / "share" / "cartwatch" / name;
    for (const std::filesystem::path& folder : {here / name, here.parent_path() / name}) {
        if (std::filesystem::exists(folder)) {
            return folder;
        }
    }
    return installed;
}

} // namespace cartwatch::commands
