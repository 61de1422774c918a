#include "daemon/texts/installed.hpp"

namespace cartwatch::texts {

namespace fs = std::filesystem;

fs::path installed_catalogues() {
    const fs::path here = fs::read_symlink("/proc/self/exe").parent_path();
    const fs::path beside = here / "texts";
    return fs::exists(beside) ? beside : here.parent_path() / "share" / "cartwatch" / "texts";
}

} // namespace cartwatch::texts
