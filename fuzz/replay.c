/* Runs a fuzz target over files and folders, so that its corpus is replayed in every test run, with
 * any compiler. fuzz-NAME FILE|FOLDER ... */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned count;

static int file(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        return 1;
    }
    /* The buffer is exactly as long as the input, so that the sanitizer sees the first byte read
     * past it. */
    fseek(f, 0, SEEK_END);
    long size = ftell(f);
    rewind(f);
    uint8_t *data = malloc(size > 0 ? (size_t)size : 1);
    int bad = size < 0 || !data || fread(data, 1, (size_t)size, f) != (size_t)size;
    fclose(f);
    if (!bad) {
        LLVMFuzzerTestOneInput(data, (size_t)size);
        count++;
        printf("ok %u - %s\n", count, path);
    }
    free(data);
    return bad;
}

static int path(const char *name) {
    struct stat st;
    if (stat(name, &st)) {
        perror(name);
        return 1;
    }
    if (!S_ISDIR(st.st_mode))
        return file(name);
    struct dirent **entries;
    int n = scandir(name, &entries, NULL, alphasort), bad = n < 0;
    for (int i = 0; i < n; i++) {
        if (entries[i]->d_name[0] != '.') {
            char full[4096];
            snprintf(full, sizeof full, "%s/%s", name, entries[i]->d_name);
            bad |= path(full);
        }
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
    return bad;
}

int main(int argc, char **argv) {
    int bad = 0;
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++)
        bad |= path(argv[i]);
    printf("1..%u\n", count);
    return bad;
}
