// Arrives before the program, because it is small, and asks for what the program will want.
import { asked_station, catalogue_path, chosen_language } from "./chosen";
import { ask_early } from "./early";

ask_early(catalogue_path(chosen_language()));
ask_early("/api/v1/stations");
const station = asked_station(window.location.search);
if (station !== null) {
    ask_early(`/api/v1/view?station=${encodeURIComponent(station)}`);
}
