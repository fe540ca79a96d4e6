/* Both clocks, drawn: the left scale is when things happened, the right one when pages said so,
 * time running down. A fact is a mark on the left (a dot for a day, a bar as long as the time is
 * vague), a tick on the right, and a line between: falling for news, rising for a plan. Long
 * stretches in which nothing happens are cut short, with a break in the scale.
 *
 * Only presentation attributes and classes: the page's policy allows no styles of elements. */
#include <stdlib.h>

#include "show/html.h"

enum {
    WIDTH = 340,
    TOP = 44,
    LEFT = 96,   /* the scale of what happened */
    RIGHT = 292, /* the scale of what was said */
    ROW = 30,    /* height that a fact takes on the average */
    LEAST_ROWS = 11,
    LEAST_GAP = 15, /* between two numbers */
    LONG_GAP = 120  /* days; more are drawn as so many */
};

typedef struct scale {
    int32_t *days; /* sorted, each once */
    double *y;
    size_t count;
    double bottom;
} scale;

static int by_day(const void *a, const void *b) {
    const int32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static bool said_day(const sf_told_fact *f, int32_t *day) {
    sf_interval in;
    if (!f->first_said.len || !sf_interval_parse(f->first_said, &in))
        return false;
    *day = in.last;
    return true;
}

/* An open end is drawn a month long. */
static sf_interval bounds(const sf_woven *w) {
    sf_interval in = w->interval;
    if (in.first == INT32_MIN)
        in.first = in.last - 30;
    if (in.last == INT32_MAX)
        in.last = in.first + 30;
    return in;
}

static scale scale_of(sf_arena *arena, const sf_woven *const *rows, size_t count) {
    scale s = {.days = SF_ARRAY(arena, int32_t, 3 * count + 1)};
    for (size_t i = 0; i < count; i++) {
        sf_interval in = bounds(rows[i]);
        s.days[s.count++] = in.first;
        s.days[s.count++] = in.last;
        s.count += said_day(rows[i]->fact, &s.days[s.count]);
    }
    qsort(s.days, s.count, sizeof *s.days, by_day);
    size_t kept = 0;
    for (size_t i = 0; i < s.count; i++)
        if (!kept || s.days[kept - 1] != s.days[i])
            s.days[kept++] = s.days[i];
    s.count = kept;
    s.y = SF_ARRAY(arena, double, kept + 1);
    double total = 0;
    for (size_t i = 1; i < kept; i++) {
        double gap = (double)s.days[i] - s.days[i - 1];
        s.y[i] = total += gap > LONG_GAP ? LONG_GAP : gap;
    }
    double height = (double)(count < LEAST_ROWS ? LEAST_ROWS : count) * ROW;
    for (size_t i = 0; i < kept; i++)
        s.y[i] = TOP + 14 + (total > 0 ? s.y[i] * height / total : height / 2);
    s.bottom = TOP + 28 + height;
    return s;
}

/* Between two known days in proportion. */
static double at(const scale *s, int32_t day) {
    size_t low = 0, high = s->count - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->days[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    if (s->days[low] == day || low == 0)
        return s->y[low];
    double part = ((double)day - s->days[low - 1]) / ((double)s->days[low] - s->days[low - 1]);
    return s->y[low - 1] + part * (s->y[low] - s->y[low - 1]);
}

/* ---- scales ---- */

static void years(sf_buf *out, const scale *s) {
    double last = -100;
    int first = sf_date_from_days(s->days[0]).year;
    for (size_t i = 0; i < s->count; i++) {
        int year = sf_date_from_days(s->days[i]).year;
        if (i && year == sf_date_from_days(s->days[i - 1]).year)
            continue;
        int32_t begin = sf_days_from_date((sf_date){year, 1, 1});
        double y = i && begin > s->days[i - 1] ? at(s, begin) : s->y[i];
        if (y - last < LEAST_GAP)
            continue;
        last = y;
        if (year != first)
            sf_buf_printf(out, "<path class=\"year\" d=\"M44 %.1fH%d\"/>", y, RIGHT + 34);
        sf_buf_printf(out, "<text class=\"y\" x=\"4\" y=\"%.1f\">%d</text>\n", y + 4, year);
    }
}

static void breaks(sf_buf *out, const scale *s) {
    for (size_t i = 1; i < s->count; i++)
        if ((double)s->days[i] - s->days[i - 1] > LONG_GAP) {
            double y = (s->y[i] + s->y[i - 1]) / 2;
            sf_buf_printf(out,
                          "<path class=\"cut\" d=\"M%d %.1fl10 -4m-10 9l10 -4M%d %.1fl10 -4m-10 "
                          "9l10 -4\"/>\n",
                          LEFT - 5, y, RIGHT - 5, y);
        }
}

/* ---- facts ---- */

typedef enum mark { STATED, PLANNED, DISPUTED, GONE } mark;

static mark mark_of(const sf_told_fact *f) {
    return f->state == SF_DISPUTED                               ? DISPUTED
           : f->state != SF_CURRENT || f->status == SOFAR_DENIED ? GONE
           : f->status == SOFAR_STATED                           ? STATED
                                                                 : PLANNED;
}

/* A dot, a hollow one for a plan, a diamond in dispute, a cross for what holds no longer; a bar
 * where the day is not told. */
static void happened(sf_buf *out, const scale *s, const sf_woven *w) {
    sf_interval in = bounds(w);
    double a = at(s, in.first), b = at(s, in.last), y = (a + b) / 2;
    mark is = mark_of(w->fact);
    if (in.first != in.last)
        sf_buf_printf(out,
                      "<rect class=\"span\" x=\"%d\" y=\"%.1f\" width=\"8\" height=\"%.1f\" "
                      "rx=\"4\"/>",
                      LEFT - 4, a - 4, b - a + 8);
    if (is == DISPUTED)
        sf_buf_printf(out, "<path class=\"disputed\" d=\"M%d %.1fl6 6 -6 6 -6 -6z\"/>", LEFT,
                      y - 6);
    else if (is == GONE)
        sf_buf_printf(out, "<path class=\"gone\" d=\"M%d %.1fl8 8m0 -8l-8 8\"/>", LEFT - 4, y - 4);
    else
        sf_buf_printf(out, "<circle class=\"%s\" cx=\"%d\" cy=\"%.1f\" r=\"4.5\"/>",
                      is == STATED ? "stated" : "planned", LEFT, y);
}

static void drawn(sf_leaf *leaf, const scale *s, const sf_woven *w, size_t number, double label) {
    sf_buf *out = leaf->out;
    sf_interval in = bounds(w);
    double y = (at(s, in.first) + at(s, in.last)) / 2;
    int32_t day;
    SF_HTML(out, "<g data-row=\"");
    sf_html_fact_anchor(out, w->fact);
    SF_HTML(out, "\">");
    if (said_day(w->fact, &day)) {
        double to = at(s, day);
        sf_buf_printf(out, "<path class=\"link\" d=\"M%d %.1fC%d %.1f %d %.1f %d %.1f\"/>",
                      LEFT + 34, label, LEFT + 90, label, RIGHT - 60, to, RIGHT - 5, to);
        sf_buf_printf(out, "<path class=\"tick\" d=\"M%d %.1fh10\"/>", RIGHT - 5, to);
    }
    sf_buf_printf(out, "<path class=\"lead\" d=\"M%d %.1fL%d %.1f\"/>", LEFT + 7, y, LEFT + 15,
                  label);
    happened(out, s, w);
    sf_buf_printf(out, "<text class=\"n\" x=\"%d\" y=\"%.1f\">%zu</text></g>\n", LEFT + 18,
                  label + 4, number);
}

/* Numbers stand beside their marks, or below the one before where they would touch. */
static double *labels(sf_arena *arena, const scale *s, const sf_woven *const *rows, size_t count,
                      double *bottom) {
    double *out = SF_ARRAY(arena, double, count + 1), last = 0;
    for (size_t i = 0; i < count; i++) {
        sf_interval in = bounds(rows[i]);
        double y = (at(s, in.first) + at(s, in.last)) / 2;
        last = out[i] = i && y < last + LEAST_GAP ? last + LEAST_GAP : y;
    }
    if (last + 16 > *bottom)
        *bottom = last + 16;
    return out;
}

void sf_html_clocks(sf_leaf *leaf, const sf_woven *const *rows, size_t count) {
    sf_buf *out = leaf->out;
    scale s = scale_of(leaf->arena, rows, count);
    double bottom = s.bottom;
    double *label = labels(leaf->arena, &s, rows, count, &bottom);
    sf_buf_printf(out,
                  "<svg class=\"clock-face\" viewBox=\"0 0 %d %.0f\" role=\"img\" "
                  "aria-labelledby=\"clock-t\"><title id=\"clock-t\">When it happened and when it "
                  "was said; the list beside it says the same</title>\n",
                  WIDTH, bottom + 8);
    sf_buf_printf(out,
                  "<text class=\"head\" x=\"%d\" y=\"16\">happened</text><text class=\"head\" "
                  "x=\"%d\" y=\"16\">said</text>\n",
                  LEFT, RIGHT);
    sf_buf_printf(out, "<path class=\"axis\" d=\"M%d %dV%.1fM%d %dV%.1f\"/>\n", LEFT, TOP - 14,
                  bottom, RIGHT, TOP - 14, bottom);
    years(out, &s);
    breaks(out, &s);
    for (size_t i = 0; i < count; i++)
        drawn(leaf, &s, rows[i], i + 1, label[i]);
    SF_HTML(out, "</svg>\n");
}
