#include "daemon/web/choice.hpp"

#include "daemon/readiness/awaited.hpp"

namespace cartwatch::web {

namespace {

readiness::Choice choice_of(
    const Service& service, std::string_view station, const std::vector<codes::Reading>& readings) {
    return readiness::choose_awaited(service.state(), service.session_of(station), readings);
}

const std::string& shown_text(const codes::Reading& reading) {
    if (!reading) {
        return reading.error().raw;
    }
    return reading->text.empty() ? reading->raw : reading->text;
}

} // namespace

std::optional<std::size_t> chosen_of(
    const Service& service, std::string_view station, const std::vector<codes::Reading>& readings) {
    return choice_of(service, station, readings).chosen;
}

Json choice_json(
    const Service& service, std::string_view station, const std::vector<std::string>& texts) {
    std::vector<codes::Reading> readings;
    for (const std::string& text : texts) {
        readings.push_back(service.parse_symbol(text));
    }
    const readiness::Choice choice = choice_of(service, station, readings);
    Json answer;
    answer["chosen"] = choice.chosen ? Json(*choice.chosen) : Json(nullptr);
    answer["codes"] = Json::array();
    for (std::size_t i = 0; i < readings.size(); ++i) {
        const readiness::SeenCode& code = choice.codes[i];
        answer["codes"].push_back(
            {{"awaited", code.awaited},
             {"name", code.name ? name_json(*code.name) : Json(nullptr)},
             {"text", shown_text(readings[i])}});
    }
    return answer;
}

} // namespace cartwatch::web
