#include <microhttpd.h>

/// A function that decodes what a URL holds, in place, and returns its new length.
typedef size_t (*BroadsheetUnescape)(void *own, struct MHD_Connection *connection, char *text);

/// Calls `MHD_start_daemon` at an address where the library was loaded: Swift cannot hand over a list
/// of arguments of any length through a pointer.
///
/// A connection on which nothing happens for `patience` seconds is closed, unless it is suspended.
static inline struct MHD_Daemon *broadsheet_start_daemon(
    void *start, unsigned int flags, int socket, unsigned int limit, unsigned int patience,
    BroadsheetUnescape unescape, MHD_AccessHandlerCallback handler, void *own) {
  return ((__typeof__(&MHD_start_daemon))start)(
      flags, 0, NULL, NULL, handler, own, MHD_OPTION_LISTEN_SOCKET, socket,
      MHD_OPTION_CONNECTION_LIMIT, limit, MHD_OPTION_CONNECTION_TIMEOUT, patience,
      MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_UNESCAPE_CALLBACK, unescape, NULL, MHD_OPTION_END);
}
