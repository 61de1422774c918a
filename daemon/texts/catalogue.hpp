// The words of one language, for programs that print: the same catalogues and the same filling in
// as the pages (daemon/web/pages/texts).
#pragma once

#include "scanner/values/result.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace cartwatch::texts {

using Values = std::map<std::string, std::string>;

// {name} is filled in; {name|one|many} chooses by whether the value is 1; a part in square brackets
// is left out where a value in it is not known.
[[nodiscard]] std::string fill(std::string_view text, const Values& values);

class Catalogue {
public:
    // Reads "<language>.json" in the folder: one object of texts.
    [[nodiscard]] static Result<Catalogue>
    load(const std::filesystem::path& folder, std::string_view language);

    // The text of a key, filled in; the bare key where the catalogue has none such.
    [[nodiscard]] std::string text(std::string_view key, const Values& values) const;

private:
    std::map<std::string, std::string, std::less<>> texts_;
};

} // namespace cartwatch::texts
