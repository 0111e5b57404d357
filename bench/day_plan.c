/* day_plan.c -- see day_plan.h.
 *
 * 1. The earliest is first; what is due at the same moment comes in any order.
 */
#include "bench/day_plan.h"

#include <stdlib.h>

static struct task *heap;
static int heap_count, heap_max;

void day_plan(struct task task)
{
    if (heap_count == heap_max) {
        heap_max = heap_max ? heap_max * 2 : 4096;
        heap = realloc(heap, (size_t)heap_max * sizeof *heap);
        if (!heap) abort();
    }
    int at = heap_count++;
    for (; at > 0 && heap[(at - 1) / 2].due > task.due; at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = task;
}

struct task day_plan_next(void)
{
    struct task top = heap[0], last = heap[--heap_count];
    int at = 0;
    for (int child = 1; child < heap_count; child = 2 * at + 1) {
        if (child + 1 < heap_count && heap[child + 1].due < heap[child].due) child++;
        if (heap[child].due >= last.due) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = last;
    return top;
}

int day_plan_count(void)
{
    return heap_count;
}

int64_t day_plan_due(void)
{
    return heap[0].due;
}

/* How many come in each half hour, of a hundred: the mornings and early afternoons are full. */
static const int half_hours[16] = {4, 8, 10, 9, 8, 6, 4, 4, 5, 8, 9, 8, 6, 5, 4, 2};

/* The n-th of all who come, in seconds after the doors opened, as a day goes. */
double day_comes_at(int n, int all)
{
    double part = ((double)n + 0.5) / all * 100;
    int half = 0;
    while (half < 15 && part >= half_hours[half]) part -= half_hours[half++];
    return (half + part / half_hours[half]) * 1800;
}
