/* A load of check-ins: keep-alive connections, each of which sends the next body when the one
   before is answered. Usage:

     intake_load PORT PATH CONNECTIONS SECONDS TEMPLATE TOKENS POINTS [ACKNOWLEDGED]

   TEMPLATE is a body in which @id@, @at@ and @point@ stand for a fresh UUIDv7, the time now and a
   point drawn from the lines of POINTS; each request bears a token drawn from the lines of TOKENS.
   Lines of one file are of one length, so that a request is made once for each connection and
   changed where it differs. Identifiers of bodies that were answered 200 with nothing refused are
   written to ACKNOWLEDGED, 16 bytes each. Prints one JSON document. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#define ID_CHARS 36
#define AT_CHARS 24
#define MOST_US 5000000
#define ANSWER_BYTES (1 << 17)
#define GRACE_NS 10000000000LL
#define AGAIN_NS 20000000LL

typedef struct { char *text; size_t n, width; } Lines;
typedef struct { size_t at; char kind; } Place;
typedef struct {
    int fd;
    int waits_to_write;
    char *request, *answer, *ids;
    size_t sent, received;
    int64_t began, back_at;
} Connection;

static Lines tokens, points;
static Place *places;
static size_t n_places, n_visits, head_bytes, request_bytes, token_at;
static char *plain;
static uint64_t state;
static uint32_t latencies[MOST_US + 1];
static int64_t slowest;
static uint64_t n_stored, n_refused, n_busy, n_other, n_lost;
static struct sockaddr_in server;
static FILE *acknowledged;
static int poller;

static void fail(const char *why, const char *what) {
    fprintf(stderr, "intake_load: %s %s\n", why, what);
    exit(2);
}

static int64_t nanoseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static uint64_t drawn(void) { /* splitmix64 */
    uint64_t z = state += 0x9e3779b97f4a7c15ULL;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
    return z ^ z >> 31;
}

static char *content(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file) fail("cannot open", path);
    size_t held = 0, room = 1 << 16;
    char *text = malloc(room);
    for (size_t got; (got = fread(text + held, 1, room - held, file)) > 0;) {
        held += got;
        if (held == room) text = realloc(text, room *= 2);
    }
    fclose(file);
    *size = held;
    return text;
}

static Lines lines(const char *path) {
    Lines found;
    size_t size;
    found.text = content(path, &size);
    char *end = memchr(found.text, '\n', size);
    found.width = end ? (size_t)(end - found.text) : 0;
    found.n = found.width ? size / (found.width + 1) : 0;
    if (!found.n || found.n * (found.width + 1) != size) fail("not lines of one length:", path);
    for (size_t at = 1; at <= found.n; at++)
        if (found.text[at * (found.width + 1) - 1] != '\n') fail("not lines of one length:", path);
    return found;
}

static const char *a_line(const Lines *from) {
    return from->text + drawn() % from->n * (from->width + 1);
}

/* The request with room where it changes: head, then the template with its marks widened. */
static void prepare(const char *url, const char *path) {
    static const struct { const char *mark; char kind; } marks[] = {
        {"@id@", 'i'}, {"@at@", 't'}, {"@point@", 'p'}};
    size_t size, held = 0;
    char *template = content(path, &size), *body = malloc(size * 10 + 1);
    places = malloc((size + 1) * sizeof *places);
    for (size_t at = 0; at < size;) {
        size_t which = 0, width = 0, left = size - at;
        for (; which < 3; which++) {
            size_t n = strlen(marks[which].mark);
            if (left >= n && !memcmp(template + at, marks[which].mark, n)) break;
        }
        if (which == 3) {
            body[held++] = template[at++];
            continue;
        }
        char kind = marks[which].kind;
        width = kind == 'i' ? ID_CHARS : kind == 't' ? AT_CHARS : points.width;
        n_visits += kind == 'i';
        places[n_places++] = (Place){held, kind};
        memset(body + held, '-', width);
        held += width;
        at += strlen(marks[which].mark);
    }
    if (!n_visits) fail("no @id@ in", path);
    plain = malloc(held + tokens.width + strlen(url) + 512);
    token_at = sprintf(plain, "POST %s HTTP/1.1\r\nHost: localhost\r\n", url);
    token_at += sprintf(plain + token_at, "Content-Type: application/json\r\n");
    token_at += sprintf(plain + token_at, "Authorization: Bearer ");
    head_bytes = token_at + tokens.width;
    head_bytes += sprintf(plain + head_bytes, "\r\nContent-Length: %zu\r\n\r\n", held);
    memcpy(plain + token_at, a_line(&tokens), tokens.width);
    memcpy(plain + head_bytes, body, held);
    request_bytes = head_bytes + held;
    for (size_t at = 0; at < n_places; at++) places[at].at += head_bytes;
    free(template);
    free(body);
}

/* RFC 9562, 5.7: 48 bits of milliseconds, then the version, the variant and random bits. */
static void write_id(char *to, char *raw, int64_t milliseconds) {
    static const char digits[] = "0123456789abcdef";
    uint64_t high = (uint64_t)milliseconds << 16 | 0x7000 | (drawn() & 0xfff);
    uint64_t low = drawn() >> 2 | 1ULL << 63;
    for (int at = 0; at < 8; at++) {
        raw[at] = high >> (56 - 8 * at);
        raw[at + 8] = low >> (56 - 8 * at);
    }
    for (int at = 0; at < 16; at++) {
        if (at == 4 || at == 6 || at == 8 || at == 10) *to++ = '-';
        *to++ = digits[(unsigned char)raw[at] >> 4];
        *to++ = digits[(unsigned char)raw[at] & 15];
    }
}

static const char *written_time(int64_t milliseconds) {
    static char text[64];
    static time_t held = -1;
    time_t second = milliseconds / 1000;
    if (second != held) {
        struct tm parts;
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S.000Z", gmtime_r(&second, &parts));
        held = second;
    }
    int left = milliseconds % 1000;
    text[20] = '0' + left / 100;
    text[21] = '0' + left / 10 % 10;
    text[22] = '0' + left % 10;
    return text;
}

static void fill(Connection *one) {
    int64_t now = nanoseconds(CLOCK_REALTIME) / 1000000;
    char *raw = one->ids;
    memcpy(one->request + token_at, a_line(&tokens), tokens.width);
    for (size_t at = 0; at < n_places; at++) {
        char *to = one->request + places[at].at;
        if (places[at].kind == 'p') memcpy(to, a_line(&points), points.width);
        else if (places[at].kind == 't') memcpy(to, written_time(now), AT_CHARS);
        else {
            write_id(to, raw, now);
            raw += 16;
        }
    }
}

static void watch(Connection *one, int to_write) {
    if (one->waits_to_write == to_write) return;
    struct epoll_event wanted = {.events = EPOLLIN | (to_write ? EPOLLOUT : 0), .data.ptr = one};
    epoll_ctl(poller, EPOLL_CTL_MOD, one->fd, &wanted);
    one->waits_to_write = to_write;
}

static void lose(Connection *one) {
    if (one->began) n_lost++;
    close(one->fd);
    one->fd = -1;
    one->began = 0;
    one->back_at = nanoseconds(CLOCK_MONOTONIC) + AGAIN_NS;
}

static void push(Connection *one) {
    while (one->sent < request_bytes) {
        size_t left = request_bytes - one->sent;
        ssize_t n = send(one->fd, one->request + one->sent, left, MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN) return watch(one, 1);
        if (n <= 0) return lose(one);
        one->sent += n;
    }
    watch(one, 0);
}

static void ask(Connection *one) {
    fill(one);
    one->sent = one->received = 0;
    one->began = nanoseconds(CLOCK_MONOTONIC);
    push(one);
}

static void connect_one(Connection *one) {
    int yes = 1;
    one->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (one->fd < 0) fail("no socket:", strerror(errno));
    if (connect(one->fd, (struct sockaddr *)&server, sizeof server) < 0) return lose(one);
    setsockopt(one->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    fcntl(one->fd, F_SETFL, O_NONBLOCK);
    one->waits_to_write = 0;
    struct epoll_event wanted = {.events = EPOLLIN, .data.ptr = one};
    epoll_ctl(poller, EPOLL_CTL_ADD, one->fd, &wanted);
    ask(one);
}

/* Where the body begins once the answer is whole, else NULL. */
static const char *whole(Connection *one) {
    one->answer[one->received] = 0;
    char *end = strstr(one->answer, "\r\n\r\n");
    if (!end) return NULL;
    *end = 0;
    char *length = strcasestr(one->answer, "\r\ncontent-length:");
    int chunked = !length && strcasestr(one->answer, "\r\ntransfer-encoding: chunked");
    *end = '\r';
    char *body = end + 4;
    size_t held = one->received - (body - one->answer);
    if (chunked) return held >= 5 && !memcmp(body + held - 5, "0\r\n\r\n", 5) ? body : NULL;
    return held >= (length ? strtoul(length + 17, NULL, 10) : 0) ? body : NULL;
}

static int nothing_refused(const char *body) {
    const char *found = strstr(body, "\"refused\"");
    if (!found) return 0;
    found += 9;
    found += strspn(found, ": ");
    if (*found++ != '[') return 0;
    return found[strspn(found, " ")] == ']';
}

static void count(Connection *one, const char *body) {
    int64_t took = (nanoseconds(CLOCK_MONOTONIC) - one->began) / 1000;
    one->began = 0;
    const char *status = one->answer + 9;
    if (!memcmp(status, "503", 3)) n_busy++;
    else if (memcmp(status, "200", 3)) {
        if (!n_other++) fprintf(stderr, "intake_load: first other answer: %.400s\n", one->answer);
    } else if (!nothing_refused(body)) {
        if (!n_refused++) fprintf(stderr, "intake_load: first refusal: %.400s\n", body);
    } else {
        n_stored++;
        latencies[took < MOST_US ? took : MOST_US]++;
        if (took > slowest) slowest = took;
        if (acknowledged) fwrite(one->ids, 16, n_visits, acknowledged);
    }
}

/* Whether an answer is whole now; a connection that ended is lost. */
static int pull(Connection *one) {
    ssize_t n = recv(one->fd, one->answer + one->received, ANSWER_BYTES - 1 - one->received, 0);
    if (n < 0 && errno == EAGAIN) return 0;
    if (n <= 0 || !one->began) {
        lose(one);
        return 0;
    }
    one->received += n;
    const char *body = whole(one);
    if (!body) return 0;
    count(one, body);
    return 1;
}

static double share(double part) {
    uint64_t wanted = part * n_stored, seen = 0;
    for (int64_t at = 0; at <= MOST_US; at++)
        if ((seen += latencies[at]) > wanted) return at / 1000.0;
    return slowest / 1000.0;
}

static size_t run(Connection *all, size_t n, int64_t ends_at) {
    struct epoll_event events[256];
    for (;;) {
        int64_t now = nanoseconds(CLOCK_MONOTONIC);
        size_t n_asked = 0;
        for (size_t at = 0; at < n; at++) {
            if (all[at].fd < 0 && now < ends_at && now >= all[at].back_at) connect_one(&all[at]);
            n_asked += all[at].began != 0;
        }
        if (now >= ends_at && (!n_asked || now > ends_at + GRACE_NS)) return n_asked;
        int n_ready = epoll_wait(poller, events, 256, 20);
        for (int at = 0; at < n_ready; at++) {
            Connection *one = events[at].data.ptr;
            if (one->fd >= 0 && events[at].events & EPOLLOUT) push(one);
            if (one->fd < 0 || !(events[at].events & ~EPOLLOUT) || !pull(one)) continue;
            if (nanoseconds(CLOCK_MONOTONIC) < ends_at) ask(one);
        }
    }
}

int main(int n_given, char **given) {
    if (n_given < 8) fail("wants PORT PATH CONNECTIONS SECONDS TEMPLATE TOKENS POINTS", "");
    server = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(atoi(given[1]))};
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    size_t n = strtoul(given[3], NULL, 10);
    if (getrandom(&state, sizeof state, 0) != sizeof state) fail("no", "random bits");
    tokens = lines(given[6]);
    points = lines(given[7]);
    prepare(given[2], given[5]);
    if (n_given > 8 && !(acknowledged = fopen(given[8], "ab"))) fail("cannot write", given[8]);
    poller = epoll_create1(0);
    Connection *all = calloc(n, sizeof *all);
    for (size_t at = 0; at < n; at++) {
        all[at].fd = -1;
        all[at].request = memcpy(malloc(request_bytes), plain, request_bytes);
        all[at].answer = malloc(ANSWER_BYTES);
        all[at].ids = malloc(16 * n_visits);
    }
    int64_t began = nanoseconds(CLOCK_MONOTONIC);
    size_t n_unanswered = run(all, n, began + (int64_t)(atof(given[4]) * 1e9));
    double seconds = (nanoseconds(CLOCK_MONOTONIC) - began) / 1e9;
    if (acknowledged) fclose(acknowledged);
    printf("{\"seconds\": %.6f, \"visits\": %zu, \"stored\": %zu, \"refused\": %zu, \"busy\": %zu, "
           "\"other\": %zu, \"lost\": %zu, \"unanswered\": %zu, ",
           seconds, n_visits, n_stored, n_refused, n_busy, n_other, n_lost, n_unanswered);
    printf("\"p50\": %.3f, \"p99\": %.3f, \"p999\": %.3f, \"slowest\": %.3f}\n", share(0.5),
           share(0.99), share(0.999), slowest / 1000.0);
    return 0;
}
