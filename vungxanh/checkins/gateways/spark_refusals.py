"""What Spark can be refused for, and what to do about each."""

from vungxanh.engines.tracing.types import TracingError
from vungxanh.refusals import Words

MOST_LETTERS = 300  # of what Spark said, in a sentence


def spark_missing(package: str) -> TracingError:
    """A Python package that Spark needs is not installed."""
    code = "tracing.spark_missing"
    return TracingError(
        code,
        Words(
            f"Chưa cài gói Python {package} mà Spark cần: cài vungxanh[spark] trên máy này,"
            " hoặc chạy không có Spark.",
            f"Spark needs the Python package {package}, which is not installed: install"
            " vungxanh[spark] on this machine, or run without Spark.",
        ),
        field="engine",
        where=package,
    )


def java_missing(found: str) -> TracingError:
    """No Java, or one that is too old; `found` says what was found."""
    code = "tracing.java_missing"
    return TracingError(
        code,
        Words(
            f"Spark cần Java 17 trở lên; máy này có: {found or 'không có'}."
            " Cài openjdk-17-jre-headless hoặc đặt JAVA_HOME, hoặc chạy không có Spark.",
            f"Spark needs Java 17 or newer; this machine has: {found or 'none'}."
            " Install openjdk-17-jre-headless or set JAVA_HOME, or run without Spark.",
        ),
        field="engine",
        where=found or None,
    )


def spark_unreachable(master: str) -> TracingError:
    """No master of Spark answers at this address, or it does not let us in."""
    code = "tracing.spark_unreachable"
    return TracingError(
        code,
        Words(
            f"Không kết nối được máy chủ Spark {master}: kiểm tra địa chỉ spark://MÁY:CỔNG,"
            " máy chủ có đang chạy không, và khóa spark.authenticate.secret có giống nhau không.",
            f"The Spark master {master} does not answer: check the address spark://HOST:PORT,"
            " that the master runs, and that spark.authenticate.secret is the same here and there.",
        ),
        field="spark_master",
        where=master,
    )


def spark_without_workers(master: str) -> TracingError:
    """The master answers, but no worker gives memory and cores."""
    code = "tracing.spark_without_workers"
    return TracingError(
        code,
        Words(
            f"Máy chủ Spark {master} chưa giao được máy tính nào: khởi động worker, chờ việc"
            " khác xong, hoặc giảm spark.executor.memory cho vừa bộ nhớ của worker.",
            f"The Spark master {master} gave us no worker: start workers, wait for other jobs to"
            " end, or lower spark.executor.memory to what a worker has.",
        ),
        field="spark_master",
        where=master,
    )


def spark_failed(reason: str) -> TracingError:
    """Spark gave a job up, or would not start; `reason` is its last word."""
    code = "tracing.spark_failed"
    said = reason.strip()[-MOST_LETTERS:]
    return TracingError(
        code,
        Words(
            f"Spark bỏ dở việc: {said}. Xem nhật ký của worker, kiểm tra các worker còn chạy và"
            " đọc được kho lượt vào ở cùng đường dẫn, rồi chạy lại.",
            f"Spark gave up: {said}. Read the workers' logs, check that workers run and can read"
            " the store at the same path, then run again.",
        ),
        field="engine",
    )
