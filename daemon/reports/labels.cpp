#include "daemon/reports/labels.hpp"

namespace cartwatch::reports {

std::size_t LabelGrid::per_page() const {
    return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
}

double LabelGrid::x_of(std::size_t place) const {
    return left + column_step * static_cast<double>(place % static_cast<std::size_t>(columns));
}

double LabelGrid::y_of(std::size_t place) const {
    const std::size_t row = place / static_cast<std::size_t>(columns);
    return top + height * static_cast<double>(row);
}

} // namespace cartwatch::reports
