// The one translation unit that holds Asio's compiled parts (BOOST_ASIO_SEPARATE_COMPILATION), for
// every room that waits on sockets, timers or devices. TLS has a unit of its own beside its user.
#include <boost/asio/impl/src.hpp>
