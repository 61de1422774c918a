// A sheet as rows of text, wherever it came from: the common ground of reading files and of
// understanding them. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::imports {

struct Row {
    int number = 0; // as a person counts it in the file; the header is row 1
    std::vector<std::string> cells;

    friend bool operator==(const Row&, const Row&) = default;
};

struct Table {
    std::vector<std::string> header;
    std::vector<Row> rows; // blank ones left out

    friend bool operator==(const Table&, const Table&) = default;
};

// Why a row is refused: its number, the column, and what is wrong with what stands there: the key
// of a text "import_fault.…" of the catalogues and the values that fill it in.
struct RowFault {
    int row = 0;
    std::string column; // empty: the whole row
    std::string what;
    std::map<std::string, std::string> values = {};

    friend bool operator==(const RowFault&, const RowFault&) = default;
};

} // namespace cartwatch::imports
