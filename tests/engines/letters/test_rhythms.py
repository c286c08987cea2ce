"""Orders that come back, and deadlines without a day; the letter is of 5 August 2021."""

import pytest

from tests.engines.letters.sayings import said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Báo cáo trước 16h00 hàng ngày qua Trung tâm điều hành thông minh", "daily before 16:00"),
        ("hằng ngày chậm nhất 17 giờ gửi báo cáo", "daily before 17:00"),
        ("báo cáo trước 15 giờ 30 mỗi ngày", "daily before 15:30"),
        ("báo cáo về Sở hằng ngày (trước 16 giờ)", "daily before 16:00"),
        (
            "Hằng ngày, trước 16 giờ 00, UBND các xã tổng hợp số liệu gửi về phòng",
            "daily before 16:00",
        ),
        (
            "gửi báo cáo về Sở Y tế trước 15 giờ hằng ngày, đồng thời gửi file qua email",
            "daily before 15:00",
        ),
        ("trước 16g30 hàng ngày báo cáo", "daily before 16:30"),
        ("gửi số liệu lúc 16h hằng ngày", "daily before 16:00"),
        ("cập nhật vào lúc 17 giờ 00 hằng ngày", "daily before 17:00"),
        ("cập nhật số liệu đến 17 giờ hằng ngày", "daily before 17:00"),
        ("định kỳ hằng ngày báo cáo trước 17h", "daily before 17:00"),
        ("báo cáo chậm nhất 16h30 các ngày trong tuần", "daily before 16:30"),
        ("Hằng ngày quét mã QR", "daily"),
        ("hàng ngày thực hiện việc quét mã QR tại các điểm checkin", "daily"),
        ("hang ngay truoc 16h00", "daily before 16:00"),
        ("HẰNG NGÀY, TRƯỚC 16H00", "daily before 16:00"),
        ("phát thanh 5h30 và 17h00 hằng ngày", "daily every «5h30 và 17h00 hằng ngày»"),
        (
            "báo cáo trước 8 giờ và trước 16 giờ hằng ngày",
            "daily every «trước 8 giờ và trước 16 giờ hằng ngày»",
        ),
        (
            "phát thanh vào 5h30, 11h30 và 17h00 hằng ngày",
            "daily every «vào 5h30, 11h30 và 17h00 hằng ngày»",
        ),
        ("thực hiện từ 5 giờ đến 22 giờ hằng ngày", "daily every «từ 5 giờ đến 22 giờ hằng ngày»"),
        ("trước 14 giờ 00 phút hàng ngày để tổng hợp", "daily before 14:00"),
        (
            "hoạt động từ 06 giờ 00 đến 21 giờ 00 hằng ngày",
            "daily every «từ 06 giờ 00 đến 21 giờ 00 hằng ngày»",
        ),
    ],
)
def test_every_day(words: str, says: str) -> None:
    assert said(words) == says


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("phát thanh ít nhất 02 lần/ngày", "daily times 2"),
        ("phát thanh liên tục ít nhất 02 lần/ngày", "continuous; daily times 2"),
        ("tối thiểu 3 lần trong ngày", "daily times 3"),
        ("phát 02 (hai) lần/ngày", "daily times 2"),
        ("phát sóng 2 buổi/ngày", "daily times 2"),
        ("mỗi ngày 02 buổi (sáng, chiều)", "daily times 2"),
        ("mỗi ngày phát ít nhất 3 lần", "daily times 3"),
        ("hằng ngày phát thanh ít nhất 02 lần", "daily times 2"),
        ("ngày 02 lần vào buổi sáng và chiều", "daily times 2"),
        ("ngày hai lần", "daily times 2"),
        ("một ngày 2 lần", "daily times 2"),
        ("từ 2 đến 3 lần/ngày", "daily times 2"),
        ("2-3 lần/ngày", "daily times 2"),
        ("nhắc lại nhiều lần trong ngày", "daily times nhiều lần"),
        ("phát lại nhiều lần mỗi ngày", "daily times nhiều lần"),
        ("tuyên truyền nhiều lần/ngày", "daily times nhiều lần"),
        (
            "báo cáo ngày 02 lần (trước 9h và trước 16h)",
            "daily times 2 every «ngày 02 lần (trước 9h và trước 16h)»",
        ),
    ],
)
def test_so_many_times_a_day(words: str, says: str) -> None:
    assert said(words) == says


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("báo cáo trước thứ Sáu hằng tuần", "periodic every «trước thứ Sáu hằng tuần»"),
        ("báo cáo vào chiều thứ Sáu hằng tuần", "periodic every «chiều thứ Sáu hằng tuần»"),
        ("trước 15h00 thứ Năm hằng tuần", "periodic before 15:00 every «thứ Năm hằng tuần»"),
        ("vào thứ 2, thứ 5 hằng tuần", "periodic every «thứ 2, thứ 5 hằng tuần»"),
        ("báo cáo ngày 05 hằng tháng", "periodic every «ngày 05 hằng tháng»"),
        ("trước ngày 25 hàng tháng", "periodic every «trước ngày 25 hàng tháng»"),
        (
            "trước 16h ngày 15 và 30 hằng tháng",
            "periodic before 16:00 every «ngày 15 và 30 hằng tháng»",
        ),
        ("định kỳ hằng tuần báo cáo", "periodic every «định kỳ hằng tuần»"),
        ("định kỳ nhắc lại trên các phương tiện", "periodic every «định kỳ»"),
        ("báo cáo định kỳ hàng tháng, quý", "periodic every «định kỳ hàng tháng»"),
        ("02 tuần/lần", "periodic every «02 tuần/lần»"),
        ("định kỳ 7 ngày/lần", "periodic every «định kỳ 7 ngày/lần»"),
        ("duy trì báo cáo 02 ngày/lần", "periodic every «02 ngày/lần»"),
        ("02 lần/tuần", "periodic times 2 every «02 lần/tuần»"),
        ("mỗi tuần 02 lần", "periodic times 2 every «mỗi tuần 02 lần»"),
        ("30 phút một lần", "periodic every «30 phút một lần»"),
        (
            "định kỳ trước 15 giờ thứ Sáu hằng tuần để tổng hợp",
            "periodic before 15:00 every «thứ Sáu hằng tuần»",
        ),
        (
            "trước 16h00 các ngày thứ Hai, Năm hằng tuần",
            "periodic before 16:00 every «các ngày thứ Hai, Năm hằng tuần»",
        ),
        ("báo cáo hằng tháng (trước ngày 20)", "periodic every «hằng tháng (trước ngày 20)»"),
        ("báo cáo hằng tuần (trước 16 giờ thứ Năm)", "periodic before 16:00 every «hằng tuần»"),
        ("Định kỳ 15 ngày một lần", "periodic every «Định kỳ 15 ngày một lần»"),
        ("06 tháng một lần", "periodic every «06 tháng một lần»"),
        ("vào ngày 20 và ngày 25 hằng tháng", "periodic every «ngày 20 và ngày 25 hằng tháng»"),
    ],
)
def test_every_week_or_month(words: str, says: str) -> None:
    assert said(words) == says


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("tuyên truyền thường xuyên, liên tục để người dân được biết", "continuous"),
        ("thường xuyên và liên tục tuyên truyền", "continuous"),
        ("Thường xuyên kiểm tra, đôn đốc", "continuous"),
        ("trực 24/24", "continuous"),
        ("trực 24/24 giờ", "continuous"),
        ("trực 24h/24h", "continuous"),
        ("đường dây nóng hoạt động 24/7", "continuous"),
    ],
)
def test_without_pause(words: str, says: str) -> None:
    assert said(words) == says


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Đề nghị triển khai ngay các nội dung", "immediate"),
        ("báo cáo ngay sau khi nhận được Công văn này, gửi qua email", "immediate"),
        ("Ngay khi nhận được Công điện này", "immediate"),
        ("thực hiện ngay lập tức", "immediate"),
        ("thực hiện ngay khi phát hiện ca nghi ngờ", "immediate"),
        ("báo cáo trong thời gian sớm nhất", "immediate"),
        ("liên hệ ngay Trung tâm Y tế", "immediate"),
        ("trien khai ngay cac noi dung", "immediate"),
        ("TRIỂN KHAI NGAY CÁC NỘI DUNG", "immediate"),
        ("Ngay hôm nay, hãy cài đặt ứng dụng", "immediate"),
    ],
)
def test_at_once(words: str, says: str) -> None:
    assert said(words) == says


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("trong vòng 24 giờ kể từ khi nhận được văn bản", "by ?"),
        ("trong 02 ngày làm việc", "by ?"),
        ("trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản", "by ?"),
        ("chậm nhất sau 24 giờ kể từ khi phát hiện", "by ?"),
        ("chậm nhất 02 ngày sau khi nhận được văn bản", "by ?"),
        ("trong vòng 10 ngày kể từ ngày 15/8/2021", "by ?"),
        ("khi phát hiện phải báo cáo ngay trong vòng 24 giờ", "by ?"),
        ("báo cáo ngay trong ngày", "by ?"),
        ("khai báo y tế trong vòng 24h kể từ khi về địa phương", "by ?"),
        ("phải thông báo cho trạm y tế trong vòng 24 giờ", "by ?"),
    ],
)
def test_within_a_length_of_time(words: str, says: str) -> None:
    assert said(words) == says


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("tổng hợp kết quả, báo cáo Chủ tịch UBND thành phố theo quy định./.", "unspecified"),
        ("báo cáo đúng thời hạn quy định", "unspecified"),
        ("theo đúng thời gian quy định", "unspecified"),
        ("bảo đảm đúng tiến độ đề ra", "unspecified"),
    ],
)
def test_as_regulated(words: str, says: str) -> None:
    assert said(words) == says


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("phục vụ sinh hoạt hằng ngày của người dân", ""),
        ("trung bình 10.000 lượt/ngày", ""),
        ("ngân hàng ngày 15/8/2021", ""),
        ("không thường xuyên", ""),
        ("kinh phí chi thường xuyên", ""),
        ("đợt dịch thứ 3", ""),
        ("ngay từ đầu năm", ""),
        ("ngay tại cơ sở", ""),
        ("ngay cả khi", ""),
        ("khẩn trương triển khai", ""),
        ("cach ly trong ngay", ""),
        ("cách ly tại nhà trong vòng 14 ngày", ""),
        ("đi về từ vùng dịch trong vòng 14 ngày qua", ""),
        ("trong 24 giờ qua", ""),
        ("thực hiện theo quy định của pháp luật", ""),
        ("xử lý nghiêm theo quy định", ""),
        ("xét nghiệm trong vòng 72 giờ trước khi vào tỉnh", ""),
        ("trong thời gian tới", ""),
        ("có hiệu lực kể từ ngày ký", ""),
    ],
)
def test_what_is_no_rhythm(words: str, says: str) -> None:
    assert said(words) == says
