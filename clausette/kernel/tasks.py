"""Care of the queue itself: a job whose worker died is done again, old ones are forgotten."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

KEPT_HOURS = 30 * 24


@app.periodic(cron="*/10 * * * *")
@app.task(name="kernel.retry_stalled", queueing_lock="kernel.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Put back what a killed worker was doing: tasks are safe to run twice."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)


@app.periodic(cron="23 4 * * *")
@app.task(name="kernel.forget_jobs", queueing_lock="kernel.forget_jobs", pass_context=True)
async def forget_jobs(context: JobContext, timestamp: int) -> None:
    """Delete the jobs done a month ago, failed ones included."""
    await context.app.job_manager.delete_old_jobs(KEPT_HOURS, include_failed=True, include_cancelled=True)
