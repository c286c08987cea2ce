"""Deadlines with a day, as letters word them; the letter is of 5 August 2021."""

import pytest

from tests.engines.letters.sayings import said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("báo cáo về Sở trước 17h00, ngày 28/8/2021", "before 2021-08-28T17:00:00"),
        (
            "gửi về Sở trước 17h00’, ngày 28/8/2021 (Theo biểu mẫu đính kèm)",
            "before 2021-08-28T17:00:00",
        ),
        ("báo cáo trước 17h00', ngày 03/8/2021 về Sở", "before 2021-08-03T17:00:00"),
        ("gửi về Sở trước 17 giờ 00 phút ngày 20 tháng 8 năm 2021", "before 2021-08-20T17:00:00"),
        ("gửi trước 17h00 phút, ngày 28/8/2021", "before 2021-08-28T17:00:00"),
        ("gửi về UBND huyện trước 16g30 ngày 20/8", "before 2021-08-20T16:30:00"),
        ("hoàn thành trước 10 giờ sáng ngày 20/8/2021", "before 2021-08-20T10:00:00"),
        ("trước 2 giờ chiều thứ Sáu, ngày 20/8/2021", "before 2021-08-20T14:00:00"),
        ("trước 9 giờ tối 20/8", "before 2021-08-20T21:00:00"),
        ("trước 12 giờ trưa ngày 20/8/2021", "before 2021-08-20T12:00:00"),
        ("trước 12h đêm ngày 20/8/2021", "before 2021-08-21T00:00:00"),
        ("trước 7h30 sáng ngày 20/8/2021", "before 2021-08-20T07:30:00"),
        ("trước 16 giờ 30 phút, thứ Sáu (ngày 20/8/2021)", "before 2021-08-20T16:30:00"),
        ("trước 16h30 chiều thứ Sáu, ngày 20/8/2021", "before 2021-08-20T16:30:00"),
        ("trước 24h00 ngày 20/8/2021", "before 2021-08-21T00:00:00"),
        ("trước 0h00 ngày 20/8/2021", "before 2021-08-20T00:00:00"),
        ("trước 17:00 ngày 20/8/2021", "before 2021-08-20T17:00:00"),
        ("trước 17.00 giờ ngày 28/8/2021", "before 2021-08-28T17:00:00"),
        ("trước 17h 00 ngày 28/8/2021", "before 2021-08-28T17:00:00"),
        ("trước 17 h ngày 28.8.2021", "before 2021-08-28T17:00:00"),
        ("chậm nhất trước 17h00 ngày 20/8/2021", "before 2021-08-20T17:00:00"),
        ("thời hạn gửi báo cáo: trước 15h00 ngày 20/8/2021", "before 2021-08-20T15:00:00"),
        ("Hạn nộp: trước 16h30 thứ Sáu, ngày 20/8/2021", "before 2021-08-20T16:30:00"),
        ("ngày 28/8/2021, trước 17 giờ, các đơn vị gửi báo cáo", "before 2021-08-28T17:00:00"),
        ("gửi vào ngày 28/8/2021 (trước 17 giờ)", "before 2021-08-28T17:00:00"),
        ("báo cáo trước 17h00 hôm nay", "before 2021-08-05T17:00:00"),
        ("báo cáo trước 16h00 chiều mai", "before 2021-08-06T16:00:00"),
        ("trước 17h ngày mai", "before 2021-08-06T17:00:00"),
        ("trước ngày 28/8/2021, lúc 17h00", "before 2021-08-28T17:00:00"),
        ("TRƯỚC 17H00, NGÀY 28/8/2021", "before 2021-08-28T17:00:00"),
        ("truoc 17h00, ngay 28/8/2021", "before 2021-08-28T17:00:00"),
        ("trước l7h00 ngày 28/8/2O21", "before 2021-08-28T17:00:00"),
        ("trước 17hOO ngày 28/8/2021", "before 2021-08-28T17:00:00"),
        ("khẩn trương hoàn thành trước 17h00 ngày 20/8/2021", "before 2021-08-20T17:00:00"),
    ],
)
def test_before_a_moment(words: str, says: str) -> None:
    assert said(words) == says


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            "báo cáo kết quả trước ngày 01/9/2021 để tổng hợp, báo cáo UBND tỉnh theo quy định",
            "before 2021-09-01T00:00:00; unspecified",
        ),
        (
            "Báo cáo kết quả về UBND tỉnh (qua Sở TT&TT) trước ngày 30/8/2021 để tổng hợp",
            "before 2021-08-30T00:00:00",
        ),
        ("đề nghị gửi danh sách về Sở trước ngày 25/8 để tổng hợp", "before 2021-08-25T00:00:00"),
        ("gửi về Sở trước ngày 17.8", "before 2021-08-17T00:00:00"),
        ("gửi về Sở trước ngày 20-8-2021", "before 2021-08-20T00:00:00"),
        ("gửi về Sở trước ngày 20 tháng 8", "before 2021-08-20T00:00:00"),
        ("hoàn thành xong trước 20/8/2021", "before 2021-08-20T00:00:00"),
        ("hoàn thành dứt điểm trước 30-8", "before 2021-08-30T00:00:00"),
        ("đến trước ngày 15/8/2021 phải hoàn thành", "before 2021-08-15T00:00:00"),
        ("trước ngày 28/8/2021 (thứ Bảy)", "before 2021-08-28T00:00:00"),
        ("Yêu cầu hoàn thành trước mùng 2/9", "before 2021-09-02T00:00:00"),
        ("hoàn thành trước dịp Quốc khánh 2/9", "before 2021-09-02T00:00:00"),
        ("gửi trước tháng 9/2021", "before 2021-09-01T00:00:00"),
        ("hoàn thành trước quý IV/2021", "before 2021-10-01T00:00:00"),
        ("hoàn thành trước năm 2022", "before 2022-01-01T00:00:00"),
        ("trước ngày 05 của tháng sau", "before 2021-09-05T00:00:00"),
        ("Thời gian hoàn thành trước 30/9/2021", "before 2021-09-30T00:00:00"),
        (
            "hoàn thành 100% trước 30/8/2021 và báo cáo trước 31/8/2021",
            "before 2021-08-30T00:00:00; before 2021-08-31T00:00:00",
        ),
        ("trước ngày 20, tháng 8, năm 2021", "before 2021-08-20T00:00:00"),
        ("báo cáo năm trước ngày 15/12", "before 2021-12-15T00:00:00"),
    ],
)
def test_before_a_day_or_a_longer_stretch(words: str, says: str) -> None:
    assert said(words) == says


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("gửi báo cáo chậm nhất ngày 20/8/2021", "by 2021-08-20T23:59:59"),
        ("chậm nhất là ngày 20/8/2021", "by 2021-08-20T23:59:59"),
        ("chậm nhất vào lúc 17h00 ngày 20/8/2021", "by 2021-08-20T17:00:00"),
        ("chậm nhất đến 17h ngày 20/8", "by 2021-08-20T17:00:00"),
        ("chậm nhất trong ngày 20/8/2021", "by 2021-08-20T23:59:59"),
        ("muộn nhất là 10h00 ngày 20/8/2021", "by 2021-08-20T10:00:00"),
        ("không muộn hơn 17 giờ ngày 20/8/2021", "by 2021-08-20T17:00:00"),
        ("không quá ngày 20/8/2021", "by 2021-08-20T23:59:59"),
        ("hạn cuối là ngày 20/8/2021", "by 2021-08-20T23:59:59"),
        ("hạn cuối 17h00 ngày 20/8", "by 2021-08-20T17:00:00"),
        ("hạn chót: 20/8/2021", "by 2021-08-20T23:59:59"),
        ("hạn đăng ký đến hết ngày 20/8/2021", "by 2021-08-20T23:59:59"),
        ("thời hạn hoàn thành: ngày 20/8/2021", "by 2021-08-20T23:59:59"),
        ("thời hạn báo cáo chậm nhất là 15/8", "by 2021-08-15T23:59:59"),
        ("Thời gian thực hiện: Tháng 8/2021", "by 2021-08-31T23:59:59"),
        ("hoàn thành trong ngày 20/8/2021", "by 2021-08-20T23:59:59"),
        ("gửi danh sách xong trong ngày 20/8", "by 2021-08-20T23:59:59"),
        ("hoàn thành ngay trong ngày 20/8/2021", "by 2021-08-20T23:59:59"),
        ("hoàn thành vào ngày 20/8/2021", "by 2021-08-20T23:59:59"),
        ("hoàn thành cuối tháng 8/2021", "by 2021-08-31T23:59:59"),
        ("hoàn thành trong tháng 8", "by 2021-08-31T23:59:59"),
        ("hoàn thành trong quý III/2021", "by 2021-09-30T23:59:59"),
        ("Trong quý III năm 2021, hoàn thành việc cài đặt", "by 2021-09-30T23:59:59"),
        ("hoàn thành trong tháng này", "by 2021-08-31T23:59:59"),
        ("xong trong năm 2021", "by 2021-12-31T23:59:59"),
        ("báo cáo kết quả trong ngày hôm nay", "by 2021-08-05T23:59:59"),
        ("báo cáo, gửi danh sách đến hết ngày 31/8/2021", "by 2021-08-31T23:59:59"),
        ("báo cáo vào lúc 16h00 ngày 20/8/2021", "by 2021-08-20T16:00:00"),
        ("chiều 20/8 phải xong", "by 2021-08-20T23:59:59"),
        ("chậm nhất 17 giờ ngày 20/8/2021", "by 2021-08-20T17:00:00"),
        ("chậm nhất 10 giờ sáng ngày 20/8/2021", "by 2021-08-20T10:00:00"),
        ("chậm nhất cuối ngày 20/8/2021", "by 2021-08-20T23:59:59"),
        ("hoàn thành chỉ tiêu trong quý III", "by 2021-09-30T23:59:59"),
    ],
)
def test_by_a_day(words: str, says: str) -> None:
    assert said(words) == says


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("phấn đấu đến ngày 31/8/2021 đạt chỉ tiêu 60% thuê bao", "by 2021-08-31T23:59:59"),
        ("đến ngày 31/8/2021 đạt tối thiểu 60% thuê bao", "by 2021-08-31T23:59:59"),
        ("phấn đấu đến hết ngày 31/8/2021 đạt 60%", "by 2021-08-31T23:59:59"),
        ("phấn đấu hết tháng 8/2021 đạt 70%", "by 2021-08-31T23:59:59"),
        ("phấn đấu đến cuối tháng 8/2021 đạt 60%", "by 2021-08-31T23:59:59"),
        ("đạt tối thiểu 60% dân số đến hết tháng 9/2021", "by 2021-09-30T23:59:59"),
        (
            "mục tiêu đặt ra là khoảng 60% dân số trưởng thành (50 triệu người) vào ngày 20/8.",
            "by 2021-08-20T23:59:59",
        ),
        ("đạt 60% vào cuối tháng 8/2021", "by 2021-08-31T23:59:59"),
        ("mục tiêu đến năm 2025", "by 2025-12-31T23:59:59"),
        ("đến ngày 15/8/2021, 100% cán bộ phải cài đặt", "by 2021-08-15T23:59:59"),
        (
            "đến ngày 20/8/2021 phải đạt 50%; đến 31/8/2021 đạt 60%",
            "by 2021-08-20T23:59:59; by 2021-08-31T23:59:59",
        ),
        (
            "đạt 50% vào 31/8/2021 và 60% vào 30/9/2021",
            "by 2021-08-31T23:59:59; by 2021-09-30T23:59:59",
        ),
        ("chỉ tiêu đến 30/9/2021: 70% dân số", "by 2021-09-30T23:59:59"),
    ],
)
def test_by_a_goal(words: str, says: str) -> None:
    assert said(words) == says


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            "tập trung cao từ nay đến hết ngày 31/8/2021.",
            "until 2021-08-31T23:59:59 from 2021-08-05",
        ),
        ("Tuyên truyền từ nay đến 31/8/2021", "until 2021-08-31T23:59:59 from 2021-08-05"),
        ("từ nay cho đến hết tháng 9/2021", "until 2021-09-30T23:59:59 from 2021-08-05"),
        ("kể từ nay đến hết ngày 30/9/2021", "until 2021-09-30T23:59:59 from 2021-08-05"),
        ("từ nay tới hết quý IV/2021", "until 2021-12-31T23:59:59 from 2021-08-05"),
        ("từ nay đến cuối năm 2021", "until 2021-12-31T23:59:59 from 2021-08-05"),
        ("thực hiện giãn cách đến hết ngày 31/8/2021", "until 2021-08-31T23:59:59 from ?"),
        ("phát thanh tuyên truyền đến hết ngày 31/8/2021", "until 2021-08-31T23:59:59 from ?"),
        ("tiếp tục tạm dừng hoạt động đến hết tháng 9/2021", "until 2021-09-30T23:59:59 from ?"),
        ("kéo dài đến ngày 31/8/2021", "until 2021-08-31T23:59:59 from ?"),
        ("đến hết quý III/2021", "until 2021-09-30T23:59:59 from ?"),
    ],
)
def test_until_a_day(words: str, says: str) -> None:
    assert said(words) == says


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("từ ngày 15/8/2021 đến ngày 20/8/2021", "until 2021-08-20T23:59:59 from 2021-08-15"),
        ("từ ngày 15 đến hết ngày 20/8/2021", "until 2021-08-20T23:59:59 from 2021-08-15"),
        ("từ 15 đến 20/8/2021", "until 2021-08-20T23:59:59 from 2021-08-15"),
        ("từ 15-20/8/2021 tổ chức ra quân", "until 2021-08-20T23:59:59 from 2021-08-15"),
        (
            "trong các ngày 15, 16 và 17/8/2021 tổ chức ra quân",
            "until 2021-08-17T23:59:59 from 2021-08-15",
        ),
        ("từ ngày 28/8 đến 05/9/2021", "until 2021-09-05T23:59:59 from 2021-08-28"),
        ("từ ngày 28/12 đến hết ngày 10/01/2022", "until 2022-01-10T23:59:59 from 2021-12-28"),
        (
            "Thời gian thực hiện: từ ngày 10/8/2021 đến ngày 20/8/2021",
            "until 2021-08-20T23:59:59 from 2021-08-10",
        ),
        (
            "từ 0h00 ngày 15/8/2021 đến 24h00 ngày 30/8/2021",
            "until 2021-08-30T23:59:59 from 2021-08-15T00:00:00",
        ),
        (
            "Đợt 1: từ 10/8 đến 20/8; Đợt 2: từ 21/8 đến 30/8/2021",
            "until 2021-08-20T23:59:59 from 2021-08-10; until 2021-08-30T23:59:59 from 2021-08-21",
        ),
        (
            "từ 0 giờ ngày 24/8/2021 cho đến khi có thông báo mới",
            "until ? from 2021-08-24T00:00:00",
        ),
        ("Áp dụng từ 0h00 ngày 20/8/2021", "until ? from 2021-08-20T00:00:00"),
        ("thực hiện trong 14 ngày, từ 0h00 ngày 10/8/2021", "until ? from 2021-08-10T00:00:00"),
        (
            "đợt cao điểm từ 0 giờ ngày 28/8 - 15/9/2021",
            "until 2021-09-15T23:59:59 from 2021-08-28T00:00:00",
        ),
        (
            "trong 03 ngày, từ ngày 20/8 đến ngày 22/8/2021",
            "until 2021-08-22T23:59:59 from 2021-08-20",
        ),
        (
            "từ 0 giờ, ngày 23 tháng 9 năm 2021 cho đến khi có thông báo mới",
            "until ? from 2021-09-23T00:00:00",
        ),
        ("có hiệu lực thi hành từ 0h ngày 20/8/2021", "until ? from 2021-08-20T00:00:00"),
        (
            "Kể từ 0 giờ ngày 20/8/2021, người vào tỉnh phải khai báo",
            "until ? from 2021-08-20T00:00:00",
        ),
    ],
)
def test_from_a_day_to_a_day(words: str, says: str) -> None:
    assert said(words) == says


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("gửi báo cáo trước ngày 31/6/2021", "before ?"),
        ("gửi báo cáo trước ngày 29/2/2021", "before ?"),
        ("gửi báo cáo chậm nhất ngày 32/8/2021", "by ?"),
        ("gửi báo cáo trước 25h00 ngày 20/8/2021", "before ?"),
        ("gửi báo cáo trước 17h75 ngày 20/8/2021", "before ?"),
        ("gửi báo cáo trước ngày /9/2021", "before ?"),
        ("gửi báo cáo trước 17h00 ngày … tháng 8 năm 2021", "before ?"),
        ("gửi báo cáo trước 17 giờ cùng ngày", "before ?"),
        ("gửi báo cáo trước 17h00", "before ?"),
        ("hoàn thành ngay trong tuần này", "by ?"),
        ("hoàn thành đầu tháng 9/2021", "by ?"),
        ("gửi báo cáo trước cuối giờ làm việc ngày 20/8/2021", "before ?"),
        ("trước 17h ngày hôm sau", "before ?"),
        ("gửi báo cáo tuần trước 10h00 thứ Sáu", "before ?"),
    ],
)
def test_an_impossible_or_open_day_keeps_its_words_without_a_value(words: str, says: str) -> None:
    assert said(words) == says


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            "Tính đến ngày 12/8/2020, trên cả nước đã có hơn 16 triệu lượt cài đặt",
            "as of 2020-08-12",
        ),
        ("tính đến 10 giờ sáng ngày 20/5/2021, có 1026 điểm", "as of 2021-05-20T10:00:00"),
        ("Tính đến 17 giờ ngày 18/5/2021, Phú Yên xếp thứ 60/63 tỉnh", "as of 2021-05-18T17:00:00"),
        ("(Số liệu tính đến 17h00 ngày 04/8)", "as of 2021-08-04T17:00:00"),
        (
            "theo số liệu thống kê của Cục, đến ngày 26/5/2021, toàn tỉnh chỉ mới có 973.075 người",
            "as of 2021-05-26",
        ),
        ("đến 17 giờ ngày 18/5/2021 đã có 12 điểm", "as of 2021-05-18T17:00:00"),
        (
            "thống kê ứng dụng vào lúc 17h00', ngày 03/8/2021, toàn thành phố có tổng số 82.930",
            "as of 2021-08-03T17:00:00",
        ),
        (
            "vào lúc 17h00', ngày 03/8/2021, toàn thành phố có 82.930/174.229 thuê bao",
            "as of 2021-08-03T17:00:00",
        ),
        ("thời điểm 17h00 ngày 18/5/2021, tỉnh xếp thứ 60/63", "as of 2021-05-18T17:00:00"),
        ("số liệu đến ngày 26/5/2021", "as of 2021-05-26"),
        ("Số liệu thống kê đến hết ngày 31/7", "as of 2021-07-31"),
        ("cập nhật đến 16h00 ngày 04/8/2021", "as of 2021-08-04T16:00:00"),
        ("số liệu tính đến 24h00 ngày 31/7/2021", "as of 2021-07-31T23:59:59"),
        ("trong ngày 03/8/2021 ghi nhận 5 ca", "as of 2021-08-03"),
        ("từ ngày 27/4/2021 đến ngày 03/8/2021, toàn tỉnh ghi nhận 123 ca", "as of 2021-08-03"),
        (
            "tính từ 0h00 ngày 01/8/2021 đến 17h00 ngày 04/8/2021, toàn tỉnh ghi nhận 12 ca",
            "as of 2021-08-04T17:00:00",
        ),
        ("Đến nay, toàn tỉnh có 973.075 người", "as of 2021-08-05"),
        ("Thống kê Bluezoner có số điện thoại theo huyện ngày 26/5/2021", "as of 2021-05-26"),
        (
            "Đề nghị báo cáo số liệu tính đến hết ngày 15/8/2021, gửi về Sở trước ngày 17/8/2021",
            "before 2021-08-17T00:00:00; as of 2021-08-15",
        ),
        (
            "cập nhật tình hình từ ngày 25/7/2020 đến 18h00 ngày 05/8/2020, như sau",
            "as of 2020-08-05T18:00:00",
        ),
        ("tính đến 18 giờ ngày 03/8, Việt Nam có tổng cộng 1.765 ca", "as of 2021-08-03T18:00:00"),
    ],
)
def test_what_figures_are_of_is_no_deadline(words: str, says: str) -> None:
    assert said(words) == says


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Công văn số 12/UBND ngày 3/8/2021", ""),
        ("Thực hiện Chỉ thị số 09/CT-UBND ngày 02/6/2021 của Chủ tịch UBND tỉnh", ""),
        ("theo Quyết định số 2666/QĐ-BYT ngày 29/5/2021 của Bộ Y tế", ""),
        ("Căn cứ Nghị quyết số 128/NQ-CP ngày 11 tháng 10 năm 2021", ""),
        ("Trước ngày 27/4/2021, toàn tỉnh chưa có ca mắc", ""),
        ("trong đợt dịch từ ngày 27/4/2021 đến nay", ""),
        ("những người về từ vùng dịch từ ngày 20/7/2021 phải khai báo y tế", ""),
        ("sinh ngày 02/9/1990", ""),
        ("Thời gian: 14 giờ 00, ngày 20/8/2021", ""),
        ("Hội nghị tổ chức vào lúc 8h00 ngày 20/8/2021", ""),
        ("trước, trong và sau ngày bầu cử 23/5/2021", ""),
        ("nhiệm kỳ 2021-2026", ""),
        ("năm học 2021-2022", ""),
        ("Kế hoạch năm 2021", ""),
        ("xếp thứ 43/63 tỉnh, thành trong toàn quốc", ""),
        ("đến 5/9 huyện đã triển khai", ""),
        ("mở cửa từ 6h đến 18h", ""),
        ("không quá 20 người", ""),
        ("trước đây", ""),
        ("trước tình hình dịch bệnh", ""),
        ("Chủ tịch UBND tỉnh báo cáo Thủ tướng Chính phủ", ""),
        ("đợt cao điểm từ 0 giờ ngày 28/3 - 15/4/2020", ""),
        ("Kết quả xét nghiệm ngày 7/5/2021 dương tính", ""),
        ("Từ ngày 19/7/2021, tỉnh áp dụng giãn cách xã hội", ""),
        ("số cách ly mới trong ngày: 47 người", ""),
        ("bầu cử đại biểu Quốc hội vào ngày 23/5/2021", ""),
    ],
)
def test_a_day_that_binds_nobody_is_no_deadline(words: str, says: str) -> None:
    assert said(words) == says
