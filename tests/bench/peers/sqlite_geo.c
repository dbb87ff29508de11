/* What SQLite lacks for this work, as its loadable extension: metres(lat, lon, lat, lon) on the
   sphere, inside(ring, lat, lon) for a ring of doubles (lon, lat, …), edits(a, b) up to 3,
   memory_used(), and the R*Tree query nearest(lat, lon), which yields boxes nearest first. */

#include <math.h>
#include <string.h>
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

#define RADIUS 6371008.7714
#define RAD (M_PI / 180.0)

static double haversine(double lat1, double lon1, double lat2, double lon2) {
    double n = sin((lat2 - lat1) * RAD / 2), e = sin((lon2 - lon1) * RAD / 2);
    double h = n * n + cos(lat1 * RAD) * cos(lat2 * RAD) * e * e;
    return 2 * RADIUS * asin(fmin(1, sqrt(h)));
}

static void metres(sqlite3_context *c, int n, sqlite3_value **v) {
    (void)n;
    sqlite3_result_double(c, haversine(sqlite3_value_double(v[0]), sqlite3_value_double(v[1]),
                                       sqlite3_value_double(v[2]), sqlite3_value_double(v[3])));
}

static void inside(sqlite3_context *c, int n, sqlite3_value **v) {
    const double *ring = sqlite3_value_blob(v[0]);
    int corners = sqlite3_value_bytes(v[0]) / (2 * sizeof(double)), in = 0;
    double y = sqlite3_value_double(v[1]), x = sqlite3_value_double(v[2]);
    (void)n;
    for (int i = 0, j = corners - 1; i < corners; j = i++) {
        double xi = ring[2 * i], yi = ring[2 * i + 1], xj = ring[2 * j], yj = ring[2 * j + 1];
        if ((yi > y) != (yj > y) && x < (xj - xi) * (y - yi) / (yj - yi) + xi) in = !in;
    }
    sqlite3_result_int(c, in);
}

/* Insertions, deletions, changes and swaps of neighbours; words of 63 bytes at most. */
static void edits(sqlite3_context *c, int n, sqlite3_value **v) {
    const unsigned char *a = sqlite3_value_text(v[0]), *b = sqlite3_value_text(v[1]);
    int la = sqlite3_value_bytes(v[0]), lb = sqlite3_value_bytes(v[1]), d[64][64];
    (void)n;
    if (!a || !b || la > 63 || lb > 63 || la - lb > 2 || lb - la > 2) { sqlite3_result_int(c, 3); return; }
    for (int i = 0; i <= la; i++) for (int j = 0; j <= lb; j++) {
        if (!i || !j) { d[i][j] = i + j; continue; }
        int best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
        if (d[i - 1][j] + 1 < best) best = d[i - 1][j] + 1;
        if (d[i][j - 1] + 1 < best) best = d[i][j - 1] + 1;
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && d[i - 2][j - 2] + 1 < best)
            best = d[i - 2][j - 2] + 1;
        d[i][j] = best;
    }
    sqlite3_result_int(c, d[la][lb]);
}

/* The tree visits what scores lowest first: so leaves come out nearest first. */
static int nearest(sqlite3_rtree_query_info *info) {
    double lat = info->aParam[0], lon = info->aParam[1];
    const sqlite3_rtree_dbl *box = info->aCoord;
    double to_lat = fmax(box[0], fmin(lat, box[1])), to_lon = fmax(box[2], fmin(lon, box[3]));
    double north = to_lat - lat, east = (to_lon - lon) * cos(lat * RAD);
    info->eWithin = PARTLY_WITHIN;
    info->rScore = sqrt(north * north + east * east);
    return SQLITE_OK;
}

static void memory_used(sqlite3_context *c, int n, sqlite3_value **v) {
    (void)n, (void)v;
    sqlite3_result_int64(c, sqlite3_memory_used());
}

int sqlite3_extension_init(sqlite3 *db, char **error, const sqlite3_api_routines *api) {
    SQLITE_EXTENSION_INIT2(api);
    (void)error;
    int kind = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    sqlite3_create_function(db, "metres", 4, kind, 0, metres, 0, 0);
    sqlite3_create_function(db, "inside", 3, kind, 0, inside, 0, 0);
    sqlite3_create_function(db, "edits", 2, kind, 0, edits, 0, 0);
    sqlite3_create_function(db, "memory_used", 0, SQLITE_UTF8, 0, memory_used, 0, 0);
    return sqlite3_rtree_query_callback(db, "nearest", nearest, 0, 0);
}
