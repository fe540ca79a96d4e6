/* The features of the three rankings. Adding one here is enough: train/meta/rank.py learns its
 * weight by name. */
#ifndef SF_PAGE_RANK_FEATURES_H
#define SF_PAGE_RANK_FEATURES_H

#include "page/rank.h"

#define SF_TITLE_FEATURES(X)                                                                       \
    X(NONE)                                                                                        \
    X(H1_FIRST)                                                                                    \
    X(H1_ONLY)                                                                                     \
    X(H1_LATER)                                                                                    \
    X(H1_TWICE)                                                                                    \
    X(H2_FIRST)                                                                                    \
    X(H2_LATER)                                                                                    \
    X(H2_NO_H1) X(IN_ARTICLE) X(IN_MAIN) X(IN_HEADER) X(IN_ASIDE) X(IN_LINK) X(IN_ITEM) X(HIDDEN)  \
        X(CLASS_TITLE) X(CLASS_POST) X(CLASS_ASIDE) X(LD_HEADLINE) X(LD_HEADLINE_LATER) X(LD_NAME) \
            X(OG) X(TWITTER) X(META) X(TITLE_WHOLE) X(TITLE_WHOLE_ONE_SEGMENT) X(TITLE_FIRST)      \
                X(TITLE_BUT_LAST) X(TITLE_LAST) X(TITLE_BUT_FIRST) X(TITLE_MIDDLE) X(OG_SEGMENT)   \
                    X(HEAD_SEGMENT) X(CUT_SITE) X(CUT_OTHER) X(TAIL_SITE) X(CUT_COLON) X(CUT_DASH) \
                        X(CUT_BAR) X(IS_SITE) X(WORDS_1) X(WORDS_2) X(WORDS_3) X(WORDS_5)          \
                            X(WORDS_9) X(WORDS_20) X(SLUG_ALL) X(SLUG_MOST) X(SLUG_SOME)           \
                                X(SLUG_NONE) X(STARTS_TITLE) X(IN_TITLE) X(TITLE_WORDS_ALL)        \
                                    X(TITLE_WORDS_HALF) X(TITLE_WORDS_NONE) X(STARTS_OG)           \
                                        X(OG_WORDS_ALL) X(OG_WORDS_HALF) X(OG_WORDS_NONE)          \
                                            X(PROSE_SOON) X(PROSE_BEFORE) X(EARLY) X(HAS_HEADING)  \
                                                X(NO_HEADING) X(H1_AND_HEAD) X(LD_AND_H1)          \
                                                    X(OG_NOT_H1) X(TITLE_NOT_H1)

#define SF_BYLINE_FEATURES(X)                                                                      \
    X(NONE)                                                                                        \
    X(NONE_LD_TYPE)                                                                                \
    X(NONE_ANY_BY)                                                                                 \
    X(LD_PERSON)                                                                                   \
    X(LD_GROUP)                                                                                    \
    X(LD_PAGE)                                                                                     \
    X(LD_LATER) X(LD_OTHER) X(META_AUTHOR) X(META_ARTICLE) X(META_OTHER) X(META_CITATION)          \
        X(META_LABELLED) X(REL) X(ITEMPROP) X(HREF) X(CLASS) X(CLASS_NAME) X(BYLINE)               \
            X(BYLINE_NAME) X(BY) X(BY_WRITTEN) X(BY_ONLY) X(BY_INLINE) X(JOINT) X(JOINT_FIRST)     \
                X(FIRST_MARK) X(FIRST_BY) X(NEAR_AFTER) X(NEAR_BEFORE) X(NEAR_LATER) X(FAR)        \
                    X(BEFORE_FAR) X(IN_LINK) X(IN_ASIDE) X(IN_COMMENT) X(IN_BIO) X(IN_HEADER)      \
                        X(IN_ARTICLE) X(IN_HEADING) X(IN_ITEM) X(TWICE) X(THRICE) X(IS_SITE)       \
                            X(GROUPISH) X(PERSONS) X(SOME_PERSON) X(ONE_WORD) X(LOWER) X(DIGITS)   \
                                X(LONG) X(TWO_NAMES) X(THREE_NAMES) X(MANY_NAMES) X(ADMIN)         \
                                    X(SUBSET) X(SUPERSET) X(WITH_VISIBLE) X(HEAD_ONLY)             \
                                        X(VISIBLE_ONLY) X(LABEL_REVIEW) X(TITLE_PART) X(DATE_NEAR) \
                                            X(BARE) X(BARE_DATE) X(BARE_BEFORE) X(BY_PROSE) X(ALT) \
                                                X(LINES) X(ASIDE_FAR) X(SITE_PERSON)

#define SF_DATE_FEATURES(X)                                                                        \
    X(NONE)                                                                                        \
    X(NONE_NO_ARTICLE)                                                                             \
    X(NONE_HAS_HEAD)                                                                               \
    X(NONE_NO_TITLE)                                                                               \
    X(LD_PUBLISHED)                                                                                \
    X(LD_PAGE_PUBLISHED)                                                                           \
    X(LD_LATER) X(LD_OTHER) X(LD_CREATED) X(LD_MODIFIED) X(LD_PAGE_MODIFIED) X(META_PUBLISHED) X(  \
        META_OTHER) X(META_DATE) X(META_MODIFIED) X(TIME_PUBLISHED) X(TIME_MODIFIED) X(TIME_FIRST) \
        X(TIME_NEAR) X(TIME_OTHER) X(TEXT_FIRST) X(TEXT_NEAR_AFTER) X(TEXT_NEAR_BEFORE) X(         \
            TEXT_LATER) X(TEXT_EARLIER) X(TEXT_FAR) X(LABEL_PUBLISHED) X(LABEL_UPDATED)            \
            X(LABEL_OTHER) X(LABEL_NONE_NEAR) X(COPYRIGHT) X(ALONE) X(IN_PROSE) X(PROSE_START) X(  \
                CLASS_DATE) X(CLASS_PUBLISHED) X(CLASS_UPDATED) X(CLASS_BYLINE) X(CLASS_AUTHOR)    \
                X(CLASS_ASIDE) X(CLASS_COMMENT) X(IN_LINK) X(IN_ITEM) X(IN_ASIDE) X(IN_ARTICLE)    \
                    X(IN_HEADER) X(IN_HEADING) X(URL_DAY) X(URL_MONTH) X(URL_OTHER_MONTH)          \
                        X(MONTH_ONLY) X(AMBIGUOUS) X(AMBIGUOUS_OTHER) X(BESIDE_HEAD)               \
                            X(ONLY_VISIBLE) X(ONLY_HEAD) X(HEAD_AND_VISIBLE) X(MANY_DATES)         \
                                X(AFTER_MODIFIED) X(BEFORE_PUBLISHED) X(AFTER_PUBLISHED)           \
                                    X(UPDATED_SHOWN) X(MODIFIED_NOT_PUBLISHED) X(SHOWN_ELSEWHERE)  \
                                        X(LABELLED_ELSEWHERE) X(AFTER_10) X(AFTER_30) X(AFTER_60)  \
                                            X(AFTER_150) X(AFTER_400) X(BEFORE_10) X(BEFORE_40)    \
                                                X(ASIDE_FAR) X(NEXT_BLOCK) X(UPDATED_ONLY)         \
                                                    X(UNLABELLED_LATE) X(LABELLED_LATE)            \
                                                        X(GAP_YEAR) X(TEXT_MIN_READ)

#define X(name) SF_TITLE_##name,
typedef enum sf_title_feature { SF_TITLE_FEATURES(X) SF_TITLE_FEATURE_COUNT } sf_title_feature;
#undef X
#define X(name) SF_BYLINE_##name,
typedef enum sf_byline_feature { SF_BYLINE_FEATURES(X) SF_BYLINE_FEATURE_COUNT } sf_byline_feature;
#undef X
#define X(name) SF_DATE_F_##name,
typedef enum sf_date_feature { SF_DATE_FEATURES(X) SF_DATE_FEATURE_COUNT } sf_date_feature;
#undef X

extern const int16_t sf_title_weights[SF_RANK_FEATURES];
extern const int16_t sf_byline_weights[SF_RANK_FEATURES];
extern const int16_t sf_date_weights[SF_RANK_FEATURES];
/* What a choice must be ahead of "none" by. */
extern const int32_t sf_title_margin, sf_byline_margin, sf_date_margin;

#endif
