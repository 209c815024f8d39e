/*
 * Counts what a process asks the C library for, and refuses one request: it is loaded in front of a program (LD_PRELOAD).
 * The numbers are in a file that is shared with whoever started the program, so that they are there however it ends.
 */
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* The allocator of glibc, under the names that it has for this. */
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

struct counts {
	atomic_long live, peak, requests;
	/* Which one of them is refused, counted from 1; 0 for none. */
	long refused;
};

static struct counts own, *counts = &own;

__attribute__((constructor)) static void begin(void)
{
	const char *path = getenv("HEAP_COUNTS");
	int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
	if (file < 0)
		return;
	void *shared = mmap(NULL, sizeof(struct counts), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	close(file);
	if (shared != MAP_FAILED)
		counts = shared;
}

static int is_granted(void)
{
	return atomic_fetch_add(&counts->requests, 1) + 1 != counts->refused;
}

static void add(long bytes)
{
	long live = atomic_fetch_add(&counts->live, bytes) + bytes;
	long peak = atomic_load(&counts->peak);
	while (live > peak && !atomic_compare_exchange_weak(&counts->peak, &peak, live))
		;
}

static void *given(void *block)
{
	if (block)
		add((long)malloc_usable_size(block));
	return block;
}

static void *refuse(void)
{
	errno = ENOMEM;
	return NULL;
}

void *malloc(size_t size)
{
	return is_granted() ? given(__libc_malloc(size)) : refuse();
}

void *calloc(size_t count, size_t size)
{
	return is_granted() ? given(__libc_calloc(count, size)) : refuse();
}

void *realloc(void *block, size_t size)
{
	if (!is_granted())
		return refuse();
	long before = block ? (long)malloc_usable_size(block) : 0;
	void *grown = __libc_realloc(block, size);
	if (grown || size == 0)
		add((grown ? (long)malloc_usable_size(grown) : 0) - before);
	return grown;
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return is_granted() ? given(__libc_memalign(alignment, size)) : refuse();
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
	*block = aligned_alloc(alignment, size);
	return *block ? 0 : ENOMEM;
}

void free(void *block)
{
	if (block)
		add(-(long)malloc_usable_size(block));
	__libc_free(block);
}
